// SPDX-License-Identifier: Apache-2.0
//
// Every page of every role: within its window at three widths, without a fault that axe
// knows, light and dark, and without a complaint of the browser.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { office, sizes, small, wide } from './office.mjs';

const o = office();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

// One page of each kind is looked at; what is the same for everybody, once.
const kind = (href) => href.split(/[?#]/)[0].replace(/\d+/g, 'N').replace(/^\/tro-giup\/.+/, '/tro-giup/N').replace(/^\/van-ban-di\/N\/[^/]+/, '/van-ban-di/N/N');
const common = new Set();
const looked = new Set(); // kinds that were looked at whole; where a page is the same for all, the next role's is only measured
const ofRole = /^\/(viec.*|phieu-sang|van-ban-den\/N\/N|cong-viec\/N|du-thao\/N)?$/; // what these show and offer follows the role: always whole
const everybodys = /^\/(tro-giup|phim-tat|doi-mat-khau|tai-khoan|so-nhat-ky|vang-mat)|dau-den$/;
const noPage = /\.(pdf|xlsx|csv|zip|docx)|\/tep\/|\/luong|\/van-ban-(den|di)\/so\?/;

// The wide window by day whole; the narrow one by night for its colours, by day for the rest:
// colours are named once for day and night, so what is left out shows nothing new.
async function examine(page, href, faults) {
  const whole = ofRole.test(kind(href)) || !looked.has(kind(href));
  looked.add(kind(href));
  const check = async (runOnly, rules = {}) => {
    const found = await page.evaluate(([runOnly, rules]) => axe.run(document, { runOnly, rules, resultTypes: ['violations'], preload: false, iframes: false }), [runOnly, rules]);
    return found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`);
  };
  if (whole) await page.evaluate(axe);
  const say = (how, all) => all.forEach((f) => faults.push(`${href} ${how}: ${f}`));
  if (whole) {
    say('1280', await check({ type: 'tag', values: standards }));
    await page.setViewportSize(sizes.phone);
    await page.emulateMedia({ colorScheme: 'dark' });
    say('360 dark', await check({ type: 'rule', values: ['color-contrast'] }));
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await page.setViewportSize(sizes.phone);
  if (whole) say('360', await check({ type: 'tag', values: standards }, { 'color-contrast': { enabled: false } }));
  say('360', await small(page.locator('button.main, .btn.main, .thumb > ul > li > a, .thumb summary'), 44));
  for (const size of [sizes.phone, sizes.tablet, sizes.desk]) {
    await page.setViewportSize(size);
    const over = await wide(page);
    if (over > 0) faults.push(`${href} runs ${over}px over ${size.width}`);
  }
}

for (const person of ['lan', 'thang', 'minh', 'lam', 'hai', 'son', 'hoa']) {
  test(`all pages of ${person}`, async () => {
    const page = await o.page(person);
    const seen = new Set(), next = ['/'], faults = [], visited = [];
    while (next.length) {
      const href = next.shift();
      if (seen.has(kind(href)) || noPage.test(href)) continue;
      seen.add(kind(href));
      if (everybodys.test(kind(href))) { if (common.has(kind(href))) continue; common.add(kind(href)); }
      const answer = await page.goto(o.base + href);
      if (answer.status() !== 200) { faults.push(`${href} is offered but answers ${answer.status()}`); continue; }
      visited.push(href);
      next.push(...await page.$$eval('a[href^="/"]', (all) => all.map((a) => a.getAttribute('href'))));
      await examine(page, href, faults);
    }
    console.log(`# ${person}: ${visited.length} pages`);
    assert.ok(visited.length >= 5, visited.join(' '));
    assert.deepEqual(faults, []);
  });
}

test('the doors that stand open', async () => {
  const page = await o.page();
  const faults = [];
  for (const href of ['/dang-nhap', '/dang-nhap?next=%2Fviec']) {
    await page.goto(o.base + href);
    await examine(page, href, faults);
  }
  assert.deepEqual(faults, []);
});

test('a very long subject and an empty list break nothing', async () => {
  const page = await o.page('lan');
  await page.goto(o.base + '/van-ban-den/moi');
  const long = 'V/v ' + 'triển khai thực hiện các nhiệm vụ, giải pháp chủ yếu '.repeat(16) + 'Nghịquyếtviếtliềnkhôngcódấucáchnàocảđểthửxemcótrànkhỏitrangkhông'.repeat(2);
  await page.fill('#vs-notation', '1/UBND-' + 'ABCDEFGH'.repeat(4));
  await page.fill('#vs-issued_on', 'hôm nay');
  await page.fill('#vs-issuer', 'Ủy ban nhân dân tỉnh Cao Bằng');
  await page.fill('#vs-subject', long.slice(0, 990));
  await page.keyboard.press('Control+Enter');
  await page.locator('.stamp').waitFor();
  const where = page.url(), faults = [];
  for (const href of [where, o.base + '/van-ban-den', o.base + '/', o.base + '/tim?q=UBND-ABCDEFGHABCDEFGHABCDEFGHABCDEFGH', o.base + '/van-ban-den?q=khongcogica', o.base + '/tim?q=khongcogica']) {
    await page.goto(href);
    for (const size of [sizes.phone, sizes.tablet, sizes.desk, { width: 640, height: 450 }]) {
      await page.setViewportSize(size);
      const over = await wide(page);
      if (over > 0) faults.push(`${href} runs ${over}px over ${size.width}`);
    }
  }
  assert.deepEqual(faults, []);
});
