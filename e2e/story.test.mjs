// SPDX-License-Identifier: Apache-2.0
//
// The story of one document: the clerk enters it from the keyboard alone, the leader
// directs it on a phone, the head assigns it, the officer does it, the leader confirms.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { choose, dayVN, flash, letter, office, press, sizes, small, wide } from './office.mjs';

const o = office();
const yesterday = new Date(Date.now() - 86_400_000);
const subject = 'báo cáo kết quả thăm, tặng quà người có uy tín dịp Tết';
let where, work;

// The keys a clerk presses, marks of Vietnamese counted as keys of their own.
const keysOf = (text) => text.normalize('NFD').replace(/đ/g, 'dd').length;

test('the clerk enters a PDF from the keyboard alone', async () => {
  const file = await letter(o, 'cong-van.pdf', { issuer: 'ỦY BAN NHÂN DÂN<br>TỈNH CAO BẰNG', number: '9876/UBND-VX', day: yesterday, subject, body: 'Đề nghị Ban Dân tộc báo cáo kết quả trước ngày 30.' });
  const page = await o.page('lan');
  // Asked for well before the key: a busy browser opens the dialog sooner than it hears that one is awaited.
  page.on('filechooser', (chooser) => chooser.setFiles(file));
  let keys = 0;
  const type = async (text) => { keys += keysOf(text); await page.keyboard.type(text); };
  const hit = async (key) => { keys++; await page.keyboard.press(key); };
  const begun = Date.now();

  await Promise.all([page.waitForURL('**/van-ban-den/moi'), hit('n')]);
  await page.waitForLoadState('load');
  const fields = await page.$$eval('.register-form :is(input, select, textarea)', (all) => all.filter((e) => e.type !== 'hidden' && e.checkVisibility()).map((e) => e.name));
  assert.ok(fields.length <= 10, `${fields.length} fields to look at: ${fields}`);
  assert.equal(await page.evaluate(() => document.activeElement.name), 'notation', 'the number comes first');

  await type('9876/UBND-VX');
  await hit('Enter'); // goes on, does not send
  assert.equal(await page.evaluate(() => document.activeElement.name), 'issued_on');
  await type(`${yesterday.getDate()}/${yesterday.getMonth() + 1}`);
  await hit('Enter');
  await page.waitForFunction(() => document.querySelector('[name=issuer]').value !== '');
  assert.match(await page.inputValue('[name=issuer]'), /nhân dân tỉnh/, 'the number names its issuer');
  await hit('Enter'); // the proposal is taken by going on
  await type('V/v ' + subject);
  for (let at = ''; at !== 'files';) { await hit('Shift+Tab'); at = await page.evaluate(() => document.activeElement.name); }
  await hit('Space');
  await page.waitForFunction(() => document.querySelector('#vs-files').files.length === 1);
  await Promise.all([page.waitForEvent('framenavigated'), hit('Control+Enter')]);
  await page.waitForLoadState('load');

  assert.match(await flash(page), /số đến/i);
  where = new URL(page.url()).pathname;
  assert.match(where, /^\/van-ban-den\/\d{4}\/\d+$/, 'the document stands at its number');
  assert.match(await page.locator('h1').innerText(), /9876\/UBND-VX.*tặng quà/s);
  assert.equal(await page.locator('.files a:not([href$="/chu-ky"])').count(), 1, 'the file is with it');
  const bytes = await page.request.get(o.base + await page.locator('.files a').first().getAttribute('href'));
  assert.equal((await bytes.body()).subarray(0, 5).toString(), '%PDF-');

  const seconds = keys * 0.2; // five keys a second, as a practised hand types
  console.log(`# ${keys} keys, ${seconds.toFixed(0)} s at five keys a second; the program took ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  assert.ok(seconds < 60, `${keys} keys are ${seconds} s`);

  await press(page, page.locator('#trinh button.main'));
  assert.match(await flash(page), /trình/i);
});

test('the leader directs it on a phone, with a thumb', async () => {
  const page = await o.page('thang', { size: sizes.phone, touch: true });
  assert.equal(await wide(page), 0);
  await page.getByRole('link', { name: /9876\/UBND-VX/ }).first().click();
  await page.waitForURL('**' + where);
  assert.equal(await wide(page), 0);
  assert.equal(await page.locator('.viewer object').isVisible(), false, 'the file is behind one tap');
  const tap = page.getByRole('link', { name: 'Mở tệp văn bản' });
  assert.deepEqual(await small(page.locator('#giao-viec button.main, .thumb a, .thumb summary, .open-file'), 44), [], 'the main actions are as large as a thumb');
  assert.ok(await tap.isVisible());

  await page.fill('#gv-text', 'Giao Phòng Chính sách Dân tộc tổng hợp, báo cáo.');
  await choose(page, '#gv-lead', 'mong van lam', /Mông Văn Lâm/);
  await page.fill('#gv-due_on', 'thứ Sáu');
  assert.equal(await wide(page), 0, 'nor with the form filled');
  await press(page, 'Giao việc');
  assert.match(await flash(page), /giao/i);
  assert.match(await page.locator('.shares').innerText(), /Mông Văn Lâm/);
  const friday = await page.locator('.shares .due').first().innerText();
  const [, d, m, y] = friday.match(/(\d\d)\/(\d\d)\/(\d{4})/);
  const due = new Date(y, m - 1, d);
  assert.equal(due.getDay(), 5, friday + ' is the Friday that was typed');
  assert.ok(due >= new Date(new Date().toDateString()) && due - Date.now() < 8 * 86_400_000, 'the next one');
});

test('the head assigns it inside, not later than the work', async () => {
  const page = await o.page('lam');
  await page.getByRole('link', { name: /9876\/UBND-VX|tặng quà người có uy tín dịp Tết/ }).first().click();
  await page.waitForURL('**/viec/*');
  work = new URL(page.url()).pathname;
  await choose(page, '#pc-lead', 'ly thanh hai', /Lý Thanh Hải/);
  const late = new Date(Date.now() + 30 * 86_400_000);
  await page.fill('#pc-due_on', dayVN(late));
  await press(page, 'Phân công');
  assert.match(await page.locator('[data-errors]').first().innerText(), /hạn/i, 'a later inner day is refused');
  assert.equal(await page.inputValue('#pc-due_on'), dayVN(late), 'what was typed is still there');
  assert.match(await page.inputValue('#pc-lead'), /Lý Thanh Hải/);
  await page.fill('#pc-due_on', 'thứ Sáu');
  await press(page, 'Phân công');
  assert.match(await flash(page), /phân công|giao/i);
  assert.match(await page.locator('h1 + .aside').innerText(), /Lý Thanh Hải đang giữ/);
  assert.doesNotMatch(await page.locator('#phan-cong').innerText(), /phần gõ dở/, 'what has been done is not offered again');
});

test('the officer starts and reports', async () => {
  const page = await o.page('hai');
  await page.goto(o.base + work);
  await press(page, 'Bắt đầu xử lý');
  assert.match(await flash(page), /bắt đầu/i);
  await page.fill('#bc-result', 'Đã tổng hợp, trình lãnh đạo Ban ký báo cáo.');
  await page.fill('#bc-reply', '56/BDT-CS');
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-flash]').waitFor();
  assert.match(await flash(page), /báo cáo/i);
});

test('it comes back up: the head reports, the leader confirms', async () => {
  const head = await o.page('lam');
  await head.goto(o.base + work);
  const confirm = head.getByRole('button', { name: /Xác nhận kết thúc/ });
  if (await confirm.count()) { await press(head, confirm.first()); await head.goto(o.base + work); }
  if (await head.locator('#bc-result').count()) {
    await head.fill('#bc-result', 'Phòng đã hoàn thành, kính trình xác nhận.');
    await press(head, head.locator('#bao-cao button.main'));
    assert.match(await flash(head), /báo cáo/i);
  }
  const leader = await o.page('thang', { size: sizes.phone, touch: true });
  const line = leader.locator('.decisions li', { hasText: 'tặng quà người có uy tín dịp Tết' });
  await press(leader, line.getByRole('button', { name: 'Xác nhận kết thúc' }));
  assert.match(await flash(leader), /kết thúc|xác nhận/i);
  await leader.goto(o.base + where);
  const told = await leader.locator('.timeline').innerText();
  for (const word of ['Nông Thị Lan', 'Đàm Quốc Thắng', 'Mông Văn Lâm', 'Lý Thanh Hải']) assert.ok(told.includes(word), `${word} is in the story:\n${told}`);
});
