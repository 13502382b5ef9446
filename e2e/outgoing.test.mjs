// SPDX-License-Identifier: Apache-2.0
//
// The answer to a document: the officer writes it, the head initials, the chief of office
// looks at its form, it is signed on paper, the clerk numbers, seals and issues it from the
// keys, and the document that was answered says so.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { flash, letter, office, press, sizes, small, wide } from './office.mjs';

const o = office();
const subject = 'trả lời việc phối hợp kiểm tra xóm biên giới';
let asked, draft, issued;

// open goes to a page and says whether it fits the phone too.
async function fits(page) {
  await page.setViewportSize(sizes.phone);
  assert.equal(await wide(page), 0, page.url() + ' fits the phone');
  await page.setViewportSize(sizes.desk);
}

test('the register of 2019 shows what went out, before and after the divisions merged', async () => {
  const page = await o.page('lan');
  await page.goto(o.base + '/van-ban-di?year=2019');
  assert.match(await page.locator('main').innerText(), /BDT/);
  await fits(page);
  const csv = await (await page.request.get(o.base + '/van-ban-di/danh-sach.csv?year=2019')).text();
  const labels = csv.split('\n').map((l) => l.match(/\d+a?\/[^;,"]*BDT[^;,"]*/)?.[0]).filter(Boolean);
  const common = labels.map((l) => l.match(/^(\d+)\/(?!QĐ|CT-|QC|QyĐ|HD)/)?.[1]).filter(Boolean).map(Number);
  assert.equal(new Set(common).size, Math.max(...common), 'no number of the common series is missing');
  assert.equal(labels.length, 826, '824 went out, two numbers were voided');
  assert.ok(labels.some((l) => l.endsWith('-TTĐB')) && labels.some((l) => /^\d+a\//.test(l)));
});

test('the officer answers a document that is on his desk', async () => {
  const page = await o.page('hai');
  await page.goto(o.base + '/viec');
  const works = await page.$$eval('a[href^="/viec/"]', (all) => all.map((a) => a.getAttribute('href')).filter((h) => /^\/viec\/\d+$/.test(h)));
  for (const href of works) {
    await page.goto(o.base + href);
    const doc = page.locator('.prints a[href^="/van-ban-den/"]').first();
    if (await doc.count() === 0) continue;
    asked = await doc.getAttribute('href');
    if (await page.getByRole('link', { name: 'Soạn văn bản trả lời' }).count()) break;
  }
  await Promise.all([page.waitForURL('**/du-thao/moi**'), page.getByRole('link', { name: 'Soạn văn bản trả lời' }).first().click()]);
  await fits(page);
  await Promise.all([page.waitForURL(/loai=CV/), page.getByRole('link', { name: 'Công văn', exact: true }).click()]);
  await page.getByLabel('Trích yếu').fill(subject);
  await page.getByLabel('Kính gửi', { exact: true }).fill('Ủy ban nhân dân tỉnh Cao Bằng');
  await page.getByLabel('Nội dung', { exact: true }).fill('Phúc đáp văn bản của quý cơ quan, Ban Dân tộc tỉnh có ý kiến như sau:\n\n1. Nhất trí phối hợp kiểm tra theo kế hoạch.\n\n2. Giao Phòng Chính sách Dân tộc làm đầu mối.\n\nTrân trọng./.');
  const signer = page.getByLabel('Người ký', { exact: true });
  await signer.selectOption(await signer.locator('option', { hasText: 'Đàm Quốc Thắng' }).first().getAttribute('value'));
  await fits(page);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/du-thao\/\d+$/);
  draft = new URL(page.url()).pathname;
  assert.match(await page.locator('h1').innerText(), /kiểm tra xóm biên giới/);
  await fits(page);
  await press(page, 'Trình');
  assert.match(await flash(page), /trình/i);
});

test('the head initials the content, the chief of office the form', async () => {
  const head = await o.page('lam');
  await head.goto(o.base + '/du-thao');
  assert.match(await head.locator('main').innerText(), new RegExp(subject), 'it waits for the head');
  await head.goto(o.base + draft);
  await press(head, 'Duyệt nội dung, ký nháy');
  const chief = await o.page('minh');
  await chief.goto(o.base + draft);
  for (const box of await chief.locator('#the-thuc input[type=checkbox]').all()) await box.check();
  await press(chief, 'Đạt thể thức, trình ký');
  assert.match(await flash(chief), /thể thức|trình/i);
});

test('the leader finds it in his hand; the clerk enters the signature with the scan', async () => {
  const leader = await o.page('thang', { size: sizes.phone, touch: true });
  await leader.goto(o.base + '/du-thao/ky');
  assert.equal(await wide(leader), 0);
  await leader.goto(o.base + draft);
  assert.equal(await wide(leader), 0);
  assert.deepEqual(await small(leader.locator('#ky button.main'), 44), []);
  const scan = await letter(o, 'ban-ky.pdf', { issuer: 'BAN DÂN TỘC', number: '    /BDT-CS', day: new Date(), subject, body: 'Đã ký.' });
  const page = await o.page('lan');
  await page.goto(o.base + draft);
  await page.getByText('Ghi nhận chữ ký trên bản giấy').click();
  await page.getByLabel('Ngày ký').fill('hôm nay');
  await page.setInputFiles('#kg-files', scan);
  await press(page, 'Ghi nhận chữ ký');
  assert.match(await flash(page), /chữ ký|ký/i);
});

test('the clerk numbers, seals and issues it; the answered document says so', async () => {
  const page = await o.page('lan');
  await page.goto(o.base + '/van-ban-di/cho');
  await fits(page);
  for (const _ of ['cấp số', 'đóng dấu', 'phát hành']) {
    await page.goto(o.base + '/van-ban-di/cho');
    const row = page.locator('tbody tr', { hasText: subject });
    await row.locator('button, a.btn').last().focus();
    await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
    await page.waitForLoadState('load');
  }
  await page.goto(o.base + '/van-ban-di');
  await page.locator('main').getByRole('link', { name: new RegExp(subject) }).first().click();
  await page.waitForURL(/\/van-ban-di\/\d{4}\//);
  issued = (await page.locator('h1').innerText()).split(' · ')[0];
  assert.match(issued, /^\d+\/BDT-CS$/);
  assert.match(await page.locator('main').innerText(), /Đã phát hành/);
  await fits(page);
  await page.goto(o.base + asked);
  assert.match(await page.locator('main').innerText(), new RegExp(issued.replace('/', '.')), 'the document shows its answer');
});
