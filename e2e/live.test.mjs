// SPDX-License-Identifier: Apache-2.0
//
// Notices come by themselves: counted once, without loading the page again.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { flash, office, press } from './office.mjs';

const o = office();

test('a notice appears in an open window within two seconds', async () => {
  const mine = await o.page('hai');
  await mine.evaluate(() => { window.same = true; });
  const count = () => mine.locator('[data-unread]').first().innerText().then((t) => Number(t) || 0);
  const before = await count();
  await mine.waitForTimeout(300); // the stream is open
  const leader = await o.page('thang');
  await leader.goto(o.base + '/viec-qua-han');
  const sent = Date.now();
  await press(leader, leader.getByRole('button', { name: 'Đôn đốc Lý Thanh Hải' }));
  const acted = Date.now();
  await mine.waitForFunction((n) => Number(document.querySelector('[data-unread]').textContent) > n, before, { timeout: 20_000 });
  const took = Date.now() - acted;
  assert.match(await flash(leader), /Đã đôn đốc 5 việc/);
  assert.ok(took < 2000, `${took} ms after the answer, ${Date.now() - sent} ms after the press`);
  assert.equal(await mine.evaluate(() => window.same), true, 'without loading the page again');
  assert.match(await mine.title(), /^\(\d+\) /, 'the title of the window counts it');
  assert.notEqual(await mine.locator('[role=status].away').innerText(), '', 'and it is read out');

  await mine.goto(o.base + '/thong-bao');
  const told = await count();
  assert.match(await mine.locator('main').innerText(), /đôn đốc/i);
  await leader.goto(o.base + '/viec-qua-han');
  await press(leader, leader.getByRole('button', { name: 'Đôn đốc Lý Thanh Hải' }));
  await mine.reload();
  assert.equal(await count(), told, 'the same matter is told once a day');
  await press(mine, mine.getByRole('button', { name: /đã đọc/i }).first());
  assert.equal(await count(), 0);
});
