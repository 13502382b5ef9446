// SPDX-License-Identifier: Apache-2.0
//
// The signing desk: the leader signs on his phone, moves the picture by key on a PC, the
// clerk numbers and seals with the agency's key, and poppler finds both signatures whole.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { office, password, press, sizes, small, wide } from './office.mjs';

const o = office();
const boxes = (page) => page.locator('input[name=paper][type=checkbox]');
const rows = (page) => page.locator('[data-run-row]').allInnerTexts();

test('on the phone a wrong passphrase signs nothing, the right one signs all that is ticked', async () => {
  const page = await o.page('thang', { size: sizes.phone, touch: true });
  await page.goto(o.base + '/ky-so');
  assert.equal(await wide(page), 0);
  assert.deepEqual(await small(page.locator('button.main'), 44), []);
  const all = await boxes(page).count();
  assert.ok(all >= 3, `${all} documents wait`);
  for (const n of [0, 1]) await boxes(page).nth(n).check();
  assert.equal(await page.locator('[data-sign-button]').innerText(), 'Ký số 2 văn bản');
  await page.fill('[name=secret]', 'không phải mật khẩu');
  await press(page, page.locator('[data-sign-button]'));
  assert.match(await page.locator('main').innerText(), /Mật khẩu của tệp khóa không đúng/);
  assert.equal(await boxes(page).count(), all, 'all of them still wait');
  assert.equal(await page.locator('input[name=paper]:checked').count(), 2, 'what was ticked stays ticked');
  await page.fill('[name=secret]', password);
  await press(page, page.locator('[data-sign-button]'));
  await page.waitForFunction(() => !document.querySelector('progress'));
  const said = await rows(page);
  assert.equal(said.length, 2);
  for (const r of said) assert.match(r, /Đã ký/);
  assert.equal(await wide(page), 0);
  await page.goto(o.base + '/ky-so');
  assert.equal(await boxes(page).count(), all - 2);
});

test('on a PC the picture is moved by arrow keys before signing', async () => {
  const page = await o.page('thang');
  await page.goto(o.base + '/ky-so');
  await page.getByRole('link', { name: 'Xem to' }).first().click();
  const spot = page.locator('rect.spot[tabindex]'), at = async () => Number(await page.inputValue('[name=x]'));
  const was = await at();
  await spot.focus();
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowLeft');
  assert.equal(Math.round(was - await at()), 3, 'three millimetres to the left');
  assert.ok(await page.locator('[name=moved]').isChecked());
  await page.fill('[name=secret]', password);
  await press(page, page.locator('[data-sign-button]'));
  await page.waitForFunction(() => !document.querySelector('progress'));
  assert.match((await rows(page)).join(), /Đã ký/);
});

test('the clerk numbers and seals with one confirmation, and the file stands before others', async () => {
  const page = await o.page('lan');
  await page.goto(o.base + '/van-ban-di/cho');
  const tick = page.locator('tbody input[type=checkbox]').first();
  await tick.check();
  await page.getByLabel('Tệp khóa (.p12, .pfx)').setInputFiles(join(o.data, 'khoa-mau', 'co-quan.p12'));
  await page.fill('#ky-so [name=secret]', password);
  await press(page, 'Cấp số và ký số');
  await page.waitForFunction(() => !document.querySelector('progress'));
  const main = await page.locator('main').innerText();
  assert.match(main, /\d+\/(BDT|QĐ-BDT|TTr-BDT|BC-BDT|TB-BDT)/, main);
  const href = await page.locator('main a[href^="/van-ban-di/20"]').first().getAttribute('href');
  await page.goto(o.base + href);
  const file = await page.locator('a[href*="/tep/"]').first().getAttribute('href');
  const pdf = join(o.data, 'signed.pdf');
  writeFileSync(pdf, await (await page.request.get(o.base + file)).body());
  const found = execFileSync('pdfsig', ['-nocert', pdf], { encoding: 'utf8' });
  assert.equal(found.match(/Signature Validation: Signature is Valid/g)?.length, 2, found);
});
