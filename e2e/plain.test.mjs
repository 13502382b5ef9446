// SPDX-License-Identifier: Apache-2.0
//
// The same story in a browser without script.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { flash, letter, office, press, sizes, wide } from './office.mjs';

const o = office();
const plain = { script: false };
let where, work;

test('the clerk enters and submits', async () => {
  const day = new Date(Date.now() - 86_400_000);
  const file = await letter(o, 'khong-script.pdf', { issuer: 'SỞ NỘI VỤ', number: '777/SNV-TCCC', day, subject: 'thống kê đội ngũ cán bộ', body: 'Nội dung.' });
  const page = await o.page('lan', plain);
  await page.getByRole('link', { name: 'Vào sổ văn bản mới' }).click();
  await page.setInputFiles('#vs-files', file);
  await press(page, 'Đọc tệp, điền giúp');
  assert.equal(await page.inputValue('#vs-notation'), '777/SNV-TCCC', 'the file says its number');
  await page.fill('#vs-issued_on', `${day.getDate()}/${day.getMonth() + 1}`);
  await page.fill('#vs-issuer', 'Sở Nội vụ');
  await page.fill('#vs-subject', 'V/v thống kê đội ngũ cán bộ');
  await press(page, 'Lưu, cấp số đến');
  assert.match(await flash(page), /số đến/);
  where = new URL(page.url()).pathname;
  await page.selectOption('#tr-leader', { label: await page.locator('#tr-leader option', { hasText: 'Đàm Quốc Thắng' }).first().innerText() });
  await press(page, page.locator('#trinh button.main'));
  assert.match(await flash(page), /trình/i);
});

test('the leader directs it on a phone', async () => {
  const page = await o.page('thang', { ...plain, size: sizes.phone, touch: true });
  await page.goto(o.base + where);
  assert.equal(await wide(page), 0);
  await page.fill('#gv-text', 'Giao Phòng Chính sách Dân tộc.');
  const label = await page.locator('#gv-lead option', { hasText: 'Mông Văn Lâm' }).first().innerText();
  await page.selectOption('#gv-lead', { label });
  await page.fill('#gv-due_on', 'thứ Sáu');
  await page.locator('#gv-coop summary').click();
  await page.locator('#gv-coop label', { hasText: 'Nông Thị Lan' }).click();
  await press(page, 'Giao việc');
  assert.match(await flash(page), /giao/i);
  const shares = await page.locator('.shares').innerText();
  assert.match(shares, /Mông Văn Lâm/);
  assert.match(shares, /Phối hợp\s+Nông Thị Lan/);
  await page.locator('.thumb summary').click();
  assert.ok(await page.locator('.thumb details ul').isVisible(), 'the rest of the places opens');
});

test('the head assigns, the officer reports, the leader confirms', async () => {
  const head = await o.page('lam', plain);
  await head.getByRole('link', { name: /thống kê đội ngũ cán bộ/ }).first().click();
  work = new URL(head.url()).pathname;
  await head.selectOption('#pc-lead', { label: await head.locator('#pc-lead option', { hasText: 'Lý Thanh Hải' }).first().innerText() });
  await press(head, 'Phân công');
  assert.match(await flash(head), /Lý Thanh Hải/);
  const officer = await o.page('hai', plain);
  await officer.goto(o.base + work);
  await press(officer, 'Bắt đầu xử lý');
  await officer.fill('#bc-result', 'Đã thống kê xong.');
  await press(officer, officer.locator('#bao-cao button.main'));
  assert.match(await flash(officer), /báo cáo/i);
  const leader = await o.page('thang', plain);
  await press(leader, leader.locator('.decisions li', { hasText: 'thống kê đội ngũ cán bộ' }).getByRole('button', { name: 'Xác nhận kết thúc' }));
  assert.match(await flash(leader), /kết thúc/i);
});

test('one click filters and urges', async () => {
  const page = await o.page('thang', plain);
  await page.goto(o.base + '/viec-qua-han');
  await page.selectOption('select[name=unit]', { label: 'Thanh tra' });
  await press(page, 'Lọc');
  assert.equal(await page.locator('.picture .sq.l').count(), 2);
  await press(page, page.getByRole('button', { name: 'Đôn đốc cả 2 việc' }));
  assert.match(await flash(page), /Đã đôn đốc 2 việc/);
});

test('search finds with and without marks', async () => {
  const page = await o.page('thang', plain);
  for (const q of ['thống kê đội ngũ cán bộ', 'thong ke doi ngu can bo', '777 snv tccc', 'THỐNG KÊ ĐỘI NGŨ CÁN BỘ'.normalize('NFD')]) {
    await page.fill('#tim', q);
    await Promise.all([page.waitForURL(/\/tim\?/), page.press('#tim', 'Enter')]);
    assert.match(await page.locator('main').innerText(), /777\/SNV-TCCC/, q);
  }
});
