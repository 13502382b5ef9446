// SPDX-License-Identifier: Apache-2.0
//
// What went out: the register of a year, whole and without a gap.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { office, sizes, wide } from './office.mjs';

const o = office();

// fits says whether a page fits the phone too.
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
