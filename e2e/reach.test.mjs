// SPDX-License-Identifier: Apache-2.0
//
// Each page of work by the Tab key alone: everything that can be pressed or filled is
// reached, focus is seen and stands in the window, nothing holds it, Escape closes what opened.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { office, sizes } from './office.mjs';

const o = office();
const line = encodeURIComponent('Hải, báo cáo quà Tết, trước 16h thứ Sáu tuần sau');
const pages = {
  thang: ['/phieu-sang', '/viec', '/viec-qua-han', '/cong-viec/bang', '/cong-viec/bang?lanes=person&by=state', '/cong-viec/lich', '/cong-viec/lich?week=2026-11-23', '/cong-viec/tien-do', '/cong-viec/tai', '/cong-viec/giao?line=' + line,
    '/cong-viec/giao-nhieu', '/cong-viec/de-xuat', '/ban-giao', '/cong-viec/mau', '/cong-viec/mau/moi/sua', '/cong-viec/dinh-ky', '/cong-viec/dinh-ky/moi', '/bo-loc/viec', '/thong-bao', '/tai-khoan/cach-nhan'],
  son: ['/quan-tri/gui-thong-bao'],
};

// On the phone what stands elsewhere or opens otherwise.
const phone = /^\/(phieu-sang|viec|thong-bao|cong-viec\/(bang|giao\?.*)|quan-tri\/.*)$/;

// number gives everything that Tab should reach a number; of the radios of a group one is enough,
// as their arrows do the rest.
const number = () => {
  const groups = new Set(), all = [];
  for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
    if (e.disabled || e.tabIndex < 0 || e.type === 'hidden' || !e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
    if (e.type === 'radio' && e.name) { const g = (e.form?.id ?? '') + '/' + (e.form?.action ?? '') + e.name; if (groups.has(g)) { continue; } groups.add(g); e.dataset.group = g; }
    e.dataset.reach = String(all.length);
    all.push((e.outerHTML.match(/^<[^>]*>/)?.[0] ?? '').slice(0, 120) + ' ' + e.textContent.trim().slice(0, 30));
  }
  return all;
};

const at = () => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e), box = e.getBoundingClientRect();
  // A field may be drawn by what stands around it: a box without a face of its own shows its label's focus.
  const around = [e, e.parentElement, e.closest('label')].filter(Boolean).map((x) => getComputedStyle(x));
  const seen = around.some((x) => x.outlineStyle !== 'none' && parseFloat(x.outlineWidth) >= 2) || s.boxShadow !== 'none';
  const radio = e.type === 'radio' && e.name ? (e.form?.id ?? '') + '/' + (e.form?.action ?? '') + e.name : '';
  const by = radio ? document.querySelector(`[data-group="${CSS.escape(radio)}"]`) : e;
  return { n: by?.dataset.reach, seen, inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth, what: e.outerHTML.slice(0, 110) };
};

for (const [person, hrefs] of Object.entries(pages)) {
  test(`the pages of work are walked by key: ${person}`, async () => {
    const faults = [];
    for (const size of [sizes.desk, sizes.phone]) {
      const page = await o.page(person, { size });
      for (const href of size === sizes.desk ? hrefs : hrefs.filter((h) => phone.test(h))) {
        const answer = await page.goto(o.base + href);
        if (answer.status() !== 200) { faults.push(`${href} answers ${answer.status()}`); continue; }
        const all = await page.evaluate(number), left = new Set(all.keys());
        const start = await page.evaluate(at);
        if (start) await page.evaluate(() => document.activeElement.blur());
        let said = 0;
        for (let i = 0; i < all.length + 40 && left.size > 0; i++) {
          await page.keyboard.press('Tab');
          const f = await page.evaluate(at);
          if (!f) continue; // between the last and the first
          left.delete(Number(f.n));
          if (!f.seen && said++ < 3) faults.push(`${size.width} ${href}: no focus is seen at ${f.what}`);
          if (!f.inside && said++ < 3) faults.push(`${size.width} ${href}: focus is out of sight at ${f.what}`);
        }
        [...left].slice(0, 3).forEach((n) => faults.push(`${size.width} ${href}: never reached: ${all[n]}`));
        if (size === sizes.desk) { // what opens over the page closes by Escape and gives the page back
          await page.evaluate(() => document.activeElement.blur());
          await page.keyboard.press('?');
          const dialog = page.getByRole('dialog');
          await dialog.waitFor({ timeout: 3000 }).catch(() => faults.push(`${href}: ? shows nothing`));
          await page.keyboard.press('Escape');
          await dialog.waitFor({ state: 'hidden', timeout: 3000 }).catch(() => faults.push(`${href}: Escape does not close`));
        }
      }
      await page.context().close();
    }
    assert.deepEqual(faults, []);
  });
}
