// SPDX-License-Identifier: Apache-2.0
//
// Hands that stay on the keys, and a form that does not lose what was typed.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { flash, letter, office, press } from './office.mjs';

const o = office();
const focused = (page) => page.evaluate(() => { const e = document.activeElement; return e.id || e.name || e.textContent.trim(); });

test('the first Tab is the way past the frame, and focus can be seen everywhere', async () => {
  const page = await o.page('thang');
  await page.goto(o.base + '/viec-qua-han');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'Đến nội dung');
  assert.ok(await page.locator('.skip').evaluate((e) => e.getBoundingClientRect().top >= 0), 'it is on the screen');
  for (let i = 0; i < 30; i++) {
    const seen = await page.evaluate(() => { const s = getComputedStyle(document.activeElement); return [document.activeElement.outerHTML.slice(0, 80), s.outlineStyle, parseFloat(s.outlineWidth)]; });
    assert.ok(seen[1] !== 'none' && seen[2] >= 2, `focus is seen: ${seen}`);
    await page.keyboard.press('Tab');
  }
  await page.goto(o.base + '/viec-qua-han');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'noi-dung');
});

test('/ searches, ? shows the keys, n begins the next, g goes', async () => {
  const page = await o.page('lan');
  await page.keyboard.press('/');
  assert.equal(await focused(page), 'tim');
  await page.keyboard.type('a/b?n');
  assert.equal(await page.inputValue('#tim'), 'a/b?n', 'typed in a field they are letters');
  await page.locator('#tim').blur();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Phím tắt' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('g');
  await Promise.all([page.waitForURL('**/van-ban-den'), page.keyboard.press('d')]);
  await page.waitForLoadState('load');
  await Promise.all([page.waitForURL('**/van-ban-den/moi'), page.keyboard.press('n')]);
});

test('arrows walk a list, Space selects, Enter opens', async () => {
  const page = await o.page('thang');
  await page.goto(o.base + '/viec');
  await page.keyboard.press('ArrowDown');
  const first = await focused(page);
  await page.keyboard.press('ArrowDown');
  const second = await focused(page);
  assert.notEqual(first, second);
  await page.keyboard.press('Space');
  assert.equal(await page.locator('tr.here input[type=checkbox]').isChecked(), true);
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(page), first);
  await Promise.all([page.waitForURL('**/viec/*'), page.keyboard.press('Enter')]);
  assert.ok((await page.locator('h1').innerText()).includes(first));
});

test('what was typed comes back after leaving, and is gone once it is done', async () => {
  const page = await o.page('thang');
  await page.goto(o.base + '/van-ban-den?state=waiting');
  await page.goto(o.base + '/');
  await page.locator('.decisions li', { hasText: 'Cho ý kiến' }).first().getByRole('link').first().click();
  await page.locator('#gv-text').fill('Ý kiến đang gõ dở');
  await page.waitForTimeout(500);
  const at = page.url();
  await page.goto(o.base + '/');
  await page.goto(at);
  assert.equal(await page.inputValue('#gv-text'), 'Ý kiến đang gõ dở');
  assert.match(await page.locator('#giao-viec').innerText(), /Đã lấy lại phần gõ dở/);
  await page.getByRole('button', { name: 'Bỏ phần đã gõ' }).click();
  await page.waitForFunction(() => document.querySelector('#gv-text')?.value === '');
});

test('a document that is there already is shown before a second number is spent', async () => {
  const page = await o.page('lan');
  await page.goto(o.base + '/van-ban-den');
  const row = page.locator('table.register tbody tr').first();
  const [notation, issued] = (await row.locator('.c-doc').innerText()).split('\n').map((s) => s.trim());
  const issuer = (await row.locator('.c-what .meta').innerText()).trim();
  await page.goto(o.base + '/van-ban-den/moi');
  const next = await page.locator('.headline .aside').innerText();
  await page.fill('#vs-notation', notation);
  await page.keyboard.press('Tab');
  await page.locator('[data-there]').waitFor();
  await page.fill('#vs-issued_on', issued);
  await page.fill('#vs-issuer', issuer);
  await page.fill('#vs-subject', 'Vào sổ lần thứ hai');
  await page.keyboard.press('Control+Enter');
  const panel = page.locator('.duplicate');
  await panel.waitFor();
  assert.match(await panel.innerText(), new RegExp(notation.replace(/[/-]/g, '.')));
  assert.equal(await page.inputValue('#vs-subject'), 'Vào sổ lần thứ hai', 'what was typed is still there');
  await press(page, panel.getByRole('button', { name: /cấp số mới/ }));
  await page.locator('.duplicate').waitFor();
  assert.match(await page.locator('[data-errors]').first().innerText(), /lý do/i, 'another number wants a reason');
  await press(page, page.locator('.duplicate').getByRole('button', { name: /bản thứ hai/ }));
  assert.match(await flash(page), /thêm một bản/);
  await page.goto(o.base + '/van-ban-den/moi');
  assert.equal(await page.locator('.headline .aside').innerText(), next, 'no number was spent');
});

test('a file dropped on the form is read and fills it', async () => {
  const day = new Date(Date.now() - 2 * 86_400_000);
  const file = await letter(o, 'tha-vao.pdf', { issuer: 'ỦY BAN NHÂN DÂN TỈNH CAO BẰNG', number: '8888/UBND-TH', day, subject: 'rà soát danh sách xã khu vực III', body: 'Nội dung công văn.' });
  const page = await o.page('lan');
  await page.goto(o.base + '/van-ban-den/moi');
  const data = await page.evaluateHandle(([b64]) => {
    const t = new DataTransfer();
    t.items.add(new File([Uint8Array.from(atob(b64), (c) => c.charCodeAt(0))], 'cong-van-8888.pdf', { type: 'application/pdf' }));
    return t;
  }, [readFileSync(file).toString('base64')]);
  await page.dispatchEvent('[data-drop]', 'drop', { dataTransfer: data });
  await page.locator('.uploads').waitFor();
  assert.match(await page.locator('.uploads').innerText(), /cong-van-8888\.pdf/);
  assert.equal(await page.inputValue('#vs-notation'), '8888/UBND-TH');
  assert.match(await page.inputValue('#vs-subject'), /rà soát danh sách xã khu vực III/);
  await page.keyboard.press('Control+Enter');
  await page.locator('.stamp').waitFor();
  assert.equal(await page.locator('.files a', { hasText: 'cong-van-8888.pdf' }).count(), 1);
});

test('a secret document is refused and leaves nothing', async () => {
  const page = await o.page('lan');
  await page.goto(o.base + '/van-ban-den/moi');
  const next = await page.locator('.headline .aside').innerText();
  await page.getByRole('link', { name: 'Văn bản mật?' }).click();
  assert.match(await page.locator('h1').innerText(), /mật không vào sổ/i);
  const file = await letter(o, 'mat.pdf', { issuer: 'CÔNG AN TỈNH', number: '12/CAT-PA', day: new Date(), subject: 'một việc riêng', body: 'Nội dung.', secret: 'TUYỆT MẬT' });
  await page.goto(o.base + '/van-ban-den/moi');
  await page.fill('#vs-notation', '12/CAT-PA');
  await page.fill('#vs-issued_on', 'hôm nay');
  await page.fill('#vs-issuer', 'Công an tỉnh');
  await page.fill('#vs-subject', 'Một việc riêng');
  await page.setInputFiles('#vs-files', file);
  await page.keyboard.press('Control+Enter');
  await page.locator('main').getByText(/mật/i).first().waitFor();
  assert.match(await page.locator('main').innerText(), /không (được )?(vào sổ|nhận|lưu)/i);
  assert.equal(await page.locator('.uploads').count(), 0, 'the file is not kept');
  await page.goto(o.base + '/van-ban-den/moi');
  assert.equal(await page.locator('.headline .aside').innerText(), next, 'no number was spent');
  const found = await page.request.get(o.base + '/tim?q=' + encodeURIComponent('12/CAT-PA'));
  assert.doesNotMatch(await found.text(), /Một việc riêng/, 'nothing is found of it');
});
