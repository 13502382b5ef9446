// SPDX-License-Identifier: Apache-2.0
//
// One's own list without the network: only where its person has turned it on, gone with signing out.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { office, password } from './office.mjs';

const o = office();
const program = process.env.SOVIEC || new URL('../soviec', import.meta.url).pathname;

// The network is gone: the program stops, and comes back at the same address.
const stop = async () => { const gone = once(o.run, 'exit'); o.run.kill('SIGKILL'); await gone; };
const start = async () => {
  o.run = spawn(program, ['demo', '--keep', '--data', o.data, '--listen', new URL(o.base).host], { stdio: 'ignore' });
  for (let i = 0; i < 600; i++) {
    try { if ((await fetch(o.base + '/healthz')).ok) return; } catch { /* not yet */ }
    await new Promise((r) => setTimeout(r, 50));
  }
  throw new Error('the program did not come back');
};
const kept = (page) => page.evaluate(() => caches.has('soviec-copy'));

test('the list is read offline, marked with when it was kept, and wiped', async () => {
  const page = await o.page('hai', { size: { width: 360, height: 740 } });
  const signIn = async (who) => {
    await page.goto(o.base + '/dang-nhap');
    await page.getByLabel('Tên đăng nhập').fill(who);
    await page.getByLabel('Mật khẩu').fill(password);
    await page.locator('button.main').click();
    await page.waitForLoadState();
    await page.goto(o.base + '/');
    await page.waitForTimeout(1000);
  };
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0, 'nothing is kept unasked');
  await page.goto(o.base + '/tai-khoan/cach-nhan');
  await page.getByLabel('Giữ bản “Việc của tôi” trên thiết bị này').check();
  await page.getByText('Đã bật. Từ lần mở').waitFor();
  await page.goto(o.base + '/');
  await page.waitForTimeout(1000);
  const said = await page.locator('h1').innerText();
  await stop();
  await page.goto(o.base + '/');
  assert.equal(await page.locator('h1').innerText(), said);
  assert.match(await page.locator('.banner').first().innerText(), /Đang mất mạng.*bản giữ trên thiết bị lúc \d\d:\d\d ngày \d\d\/\d\d\/\d{4}/);
  await start();
  await page.goto(o.base + '/');
  assert.ok(!(await page.locator('main').innerText()).includes('Đang mất mạng'));
  assert.ok(await kept(page));
  await page.evaluate(() => document.querySelector('form[action="/dang-xuat"]').submit());
  await page.waitForURL(/dang-nhap/);
  await page.waitForTimeout(500);
  assert.ok(!await kept(page), 'signed out: wiped');
  await signIn('ha');
  assert.ok(!await kept(page), 'another person on the same device: nothing is kept');
  await signIn('hai');
  assert.ok(await kept(page));
  await page.goto(o.base + '/tai-khoan/cach-nhan');
  await page.getByLabel('Giữ bản “Việc của tôi” trên thiết bị này').uncheck();
  await page.getByText('Đã tắt và xóa').waitFor();
  assert.ok(!await kept(page), 'turned off: wiped');
  o.faults = o.faults.filter((f) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|503/.test(f)); // the network was gone
});
