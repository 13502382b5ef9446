// SPDX-License-Identifier: Apache-2.0
//
// Work that is given, looked at and settled: one line, the board by key, the morning sheet
// on the phone, the calendar and the timeline, within their windows and without a fault
// that axe knows.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { flash, office, press, sizes, small, wide } from './office.mjs';

const o = office();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test('every page of work fits its window and has no fault that axe knows', async () => {
  const page = await o.page('thang');
  const faults = [];
  const line = encodeURIComponent('Hải, báo cáo quà Tết, trước 16h thứ Sáu tuần sau');
  for (const href of ['/phieu-sang', '/cong-viec/bang', '/cong-viec/bang?lanes=person&by=state', '/cong-viec/lich', '/cong-viec/lich?week=2026-11-23', '/cong-viec/tien-do', '/cong-viec/tai', '/cong-viec/giao?line=' + line, '/cong-viec/giao-nhieu', '/cong-viec/de-xuat', '/ban-giao']) {
    const answer = await page.goto(o.base + href);
    assert.equal(answer.status(), 200, href);
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }, resultTypes: ['violations'], preload: false, iframes: false }));
    found.violations.forEach((v) => faults.push(`${href} ${v.id}: ${v.nodes.slice(0, 2).map((n) => n.html.slice(0, 140)).join(' | ')}`));
    for (const size of [sizes.phone, sizes.desk]) {
      await page.setViewportSize(size);
      const over = await wide(page);
      if (over > 0) faults.push(`${href} runs ${over}px over ${size.width}`);
    }
  }
  assert.deepEqual(faults, []);
});

test('one line is understood while it is typed, and given', async () => {
  const page = await o.page('thang');
  await page.goto(o.base + '/viec');
  await Promise.all([page.waitForURL('**/cong-viec/giao'), page.keyboard.press('n')]);
  await page.locator('#gl-line').pressSequentially('Tùng, rà soát danh sách thôn, cuối tháng 12', { delay: 5 });
  await page.locator('.reading mark.lead').waitFor();
  assert.equal(await page.locator('.reading mark.lead').innerText(), 'Tùng');
  assert.match(await page.locator('.reading .facts').innerText(), /Nông Văn Tùng/);
  await Promise.all([page.waitForURL(/line=/), page.keyboard.press('Enter')]);
  assert.match(await page.inputValue('#g-title'), /^Rà soát danh sách thôn/);
  assert.match(await page.locator('.load-side').innerText(), /Nông Văn Tùng/);
  await press(page, page.locator('#giao button.main'));
  if (await page.locator('.banner.warn').count()) await press(page, page.locator('#giao button.main'));
  assert.match(await flash(page), /Đã giao việc cho ông Nông Văn Tùng/);
  assert.match(await page.locator('h1').innerText(), /Rà soát danh sách thôn/);
});

test('the board is worked by key alone, and many are urged at once', async () => {
  const page = await o.page('thang');
  await page.goto(o.base + '/cong-viec/bang');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  assert.match(await page.locator('[data-picked]').innerText(), /2 việc/);
  const first = await page.locator('.here .c-what').innerText();
  await page.keyboard.press('l');
  assert.notEqual(await page.locator('.here .c-what').innerText(), first, 'to the next column');
  await page.keyboard.press('h');
  await press(page, 'Đôn đốc');
  assert.match(await flash(page), /Đã đôn đốc 2 việc/);
  await page.keyboard.press('j');
  await Promise.all([page.waitForURL('**/viec/*'), page.keyboard.press('Enter')]);
});

test('on the phone one column stands in front, with and without a script', async () => {
  for (const script of [true, false]) {
    const page = await o.page('thang', { size: sizes.phone, script });
    await page.goto(o.base + '/cong-viec/bang');
    assert.equal(await page.locator('.cell').locator('visible=true').count(), 1);
    await Promise.all([page.waitForURL(/column=week/), page.locator('.column-pick a', { hasText: /^Tuần này/ }).click()]);
    assert.equal(await page.locator('.cell.now').getByRole('link').count() > 0, true);
    assert.equal(await page.locator('.cell').locator('visible=true').count(), 1);
  }
});

test('the morning sheet is settled line by line with the thumb', async () => {
  const page = await o.page('thang', { size: sizes.phone, touch: true });
  await page.goto(o.base + '/phieu-sang');
  assert.equal(await page.locator('.morning li').count(), 5);
  assert.deepEqual(await small(page.locator('.morning .main'), 44), []);
  const late = page.locator('.morning li', { hasText: 'Đôn đốc' }).first();
  const title = await late.locator('.title').innerText();
  await press(page, late.getByRole('button', { name: 'Đôn đốc' }));
  assert.match(await flash(page), /Đã đôn đốc|đã đôn đốc/);
  assert.equal(await page.locator('.morning .title', { hasText: title }).count(), 0, 'it is settled');
  assert.equal(await page.locator('.morning li').count(), 5, 'and the next one has come up');
  const before = await page.locator('.morning .title').first().innerText();
  await Promise.all([page.waitForURL(/sau=/), page.locator('.morning a.later').first().click()]);
  assert.notEqual(await page.locator('.morning .title').first().innerText(), before);
});
