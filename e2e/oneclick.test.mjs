// SPDX-License-Identifier: Apache-2.0
//
// One click says what is late and whose it is: the numbers, their lists, urging, paper.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { flash, office, out, press, sizes, wide } from './office.mjs';

const o = office();
const rowsIn = (html) => (html.match(/<td class="c-what"/g) || []).length;
const sum = (all) => all.reduce((a, b) => a + b, 0);

test('the picture says 14 late of 6 officers and 11 soon, and its squares agree', async () => {
  const page = await o.page('thang');
  await page.goto(o.base + '/viec-qua-han');
  assert.equal((await page.locator('h1').innerText()).trim(), 'Hôm nay có 14 việc quá hạn của 6 cán bộ; 11 việc sắp đến hạn.');
  assert.equal(await page.locator('.picture .sq.l').count(), 14);
  assert.equal(await page.locator('.picture .sq.s').count(), 11);
  assert.equal(await page.locator('.picture .row:has(.sq.l)').count(), 6);
  assert.match(await page.locator('.side a[href="/viec-qua-han"]').innerText(), /14/);
  const days = await page.$$eval('.picture .squares', (all) => all.map((s) => [...s.querySelectorAll('.sq')].map((q) => (q.title.match(/quá (\d+) ngày/) || [0, 0])[1] * 1)));
  for (const row of days) assert.deepEqual(row, [...row].sort((a, b) => b - a), 'the latest first');
  const named = await page.$$eval('.picture a.sq', (all) => all.filter((a) => !a.title || !a.getAttribute('href')).length);
  assert.equal(named, 0, 'every square is named and opens its work');
  const heights = await page.$$eval('.picture .sq.l', (all) => all.map((q) => [(q.title.match(/quá (\d+) ngày/) || [0, 0])[1] * 1, q.getBoundingClientRect().height]).sort((a, b) => a[0] - b[0]).map((x) => x[1]));
  assert.deepEqual(heights, [...heights].sort((a, b) => a - b), 'the later the taller');
});

test('every number opens a list of as many rows', async () => {
  const page = await o.page('thang');
  await page.goto(o.base + '/viec-qua-han');
  const numbers = await page.$$eval('.counts a', (all) => all.map((a) => [parseInt(a.textContent, 10), a.getAttribute('href')]));
  assert.ok(numbers.length > 25, `${numbers.length} numbers`);
  for (const [n, href] of numbers) assert.equal(rowsIn(await (await page.request.get(o.base + href)).text()), n, href);
  for (const unit of await page.$$eval('.unit', (all) => all.map((u) => ({ head: u.querySelector('header p').textContent, rows: [...u.querySelectorAll('.counts')].map((c) => c.textContent) })))) {
    const of = (text, word) => parseInt((text.match(new RegExp(`(\\d+) ${word}`)) || [0, 0])[1], 10);
    assert.equal(of(unit.head, 'quá hạn'), sum(unit.rows.map((r) => of(r, 'quá hạn'))), unit.head);
    assert.equal(of(unit.head, 'việc đang mở'), sum(unit.rows.map((r) => of(r, 'đang mở'))), unit.head);
  }
  const square = page.locator('.picture .sq.l').first();
  const words = await square.getAttribute('title');
  await square.hover();
  await page.locator('.tip').waitFor();
  assert.equal((await page.locator('.tip b').innerText()).trim(), words.split(' · ')[0], 'pointing names the work');
  await Promise.all([page.waitForURL('**/viec/*'), square.click()]);
  const heading = await page.locator('h1').innerText();
  assert.ok(heading.includes(words.split(' · ')[0]), `and a click opens it: ${words} / ${heading}`);
});

test('filters stand in the address and narrow the picture', async () => {
  const page = await o.page('thang');
  await page.goto(o.base + '/viec-qua-han');
  await Promise.all([page.waitForURL(/unit=/), page.selectOption('select[name=unit]', { label: 'Thanh tra' })]);
  assert.equal(await page.locator('.picture .sq.l').count(), 2);
  assert.equal(await page.locator('.unit').count(), 1);
  const again = await o.page('minh');
  await again.goto(page.url());
  assert.equal(await again.locator('.picture .sq.l').count(), 2, 'a colleague sees the same under the same address');
});

test('an officer sees his own part', async () => {
  const page = await o.page('hai');
  await page.goto(o.base + '/viec-qua-han');
  assert.equal(await page.locator('.picture .sq').count(), 17);
  assert.equal(await page.locator('.picture .sq.l').count(), 5);
  assert.equal(await page.getByRole('button', { name: /Đôn đốc/ }).count(), 0, 'and urges nobody');
});

test('urging one, an officer, a unit and all is done at once and counted', async () => {
  const page = await o.page('thang');
  const urged = async () => sum(await page.$$eval('.late-table .c-urged', (all) => all.map((c) => parseInt(c.textContent, 10) || 0)));
  await page.goto(o.base + '/viec-qua-han');
  const before = await urged();
  await page.locator('.late-table tbody tr', { hasText: 'Lương Đức Anh' }).first().getByRole('checkbox').check();
  await press(page, 'Đôn đốc việc đã chọn');
  assert.match(await flash(page), /Đã đôn đốc 1 việc/);
  assert.equal(await urged(), before + 1);
  await press(page, page.getByRole('button', { name: 'Đôn đốc Lý Thanh Hải' }));
  assert.match(await flash(page), /Đã đôn đốc 5 việc/);
  assert.equal(await urged(), before + 6);
  await press(page, page.getByRole('button', { name: 'Đôn đốc phòng Thanh tra' }));
  assert.match(await flash(page), /Đã đôn đốc 2 việc/);
  assert.equal(await urged(), before + 8);
  await press(page, page.getByRole('button', { name: 'Đôn đốc cả 14 việc' }));
  assert.ok(await urged() <= before + 14, 'no work is urged twice a day by the same person');
  assert.equal(await urged(), before + 14, 'and none is left out');
});

test('it prints on A4, the whole picture on the first page', async () => {
  const page = await o.page('thang', { scheme: 'dark' });
  await page.goto(o.base + '/viec-qua-han');
  const units = await page.locator('.unit h2').allInnerTexts();
  mkdirSync(out, { recursive: true });
  const file = join(out, 'qua-han.pdf');
  await page.pdf({ path: file, preferCSSPageSize: true });
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  assert.match(info, /Page size:\s+59\d(\.\d+)? x 84\d/, 'A4 upright');
  assert.ok(Number(info.match(/Pages:\s+(\d+)/)[1]) <= 4, info);
  const first = execFileSync('pdftotext', ['-l', '1', file, '-'], { encoding: 'utf8' }).normalize('NFC');
  for (const name of [...units, 'Sầm Thị Vân']) assert.ok(first.replace(/\s+/g, ' ').includes(name), `${name} is on the first page:\n${first}`);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: Math.round((210 - 24) / 25.4 * 96), height: 1000 });
  assert.equal(await wide(page), 0, 'nothing is cut at the right edge of the paper');
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)', 'paper is white, however dark the screen');
});

test('the list leaves as PDF and XLSX', async () => {
  const page = await o.page('thang', { size: sizes.phone });
  for (const [href, magic] of [['/viec-qua-han/in.pdf', '%PDF'], ['/viec-qua-han/viec-qua-han.xlsx', 'PK\x03\x04']]) {
    const r = await page.request.get(o.base + href);
    assert.equal(r.status(), 200, href);
    assert.equal((await r.body()).subarray(0, 4).toString('latin1'), magic, href);
  }
});
