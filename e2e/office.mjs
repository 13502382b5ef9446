// SPDX-License-Identifier: Apache-2.0
//
// An office of one's own for each file of tests: the sample office is played once, kept
// beside the tests, and every file runs the program on a copy of it.

import { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { spawn, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const here = dirname(fileURLToPath(import.meta.url));
export const out = join(here, 'out');
export const password = 'so-viec-mau';
const program = process.env.SOVIEC || join(here, '..', 'soviec');

export const sizes = { desk: { width: 1280, height: 900 }, tablet: { width: 768, height: 1024 }, phone: { width: 360, height: 740 } };

// seeded is the folder of the sample office: SOVIEC_SEED, or played once for this program and day.
async function seeded() {
  if (process.env.SOVIEC_SEED) return process.env.SOVIEC_SEED;
  const key = createHash('sha256').update(readFileSync(program)).update(new Date().toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' })).digest('hex').slice(0, 16);
  const kept = join(out, `office-${key}`);
  mkdirSync(out, { recursive: true });
  const making = join(out, `making-${key}`);
  while (!existsSync(kept)) {
    // Whoever makes this folder plays; the others wait for him. One that was left behind is old.
    try { mkdirSync(making); } catch {
      if (Date.now() - (statSync(making, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > 600_000) rmSync(making, { recursive: true, force: true });
      await new Promise((r) => setTimeout(r, 200));
      continue;
    }
    if (!existsSync(kept)) {
      for (const old of readdirSync(out)) if (old.startsWith('office-')) rmSync(join(out, old), { recursive: true });
      execFileSync(program, ['seed', '--data', join(making, 'office')], { stdio: 'ignore' });
      renameSync(join(making, 'office'), kept);
    }
    rmSync(making, { recursive: true });
  }
  return kept;
}

const freePort = () => new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });

class Office {
  async open() {
    this.data = mkdtempSync(join(tmpdir(), 'soviec-e2e-'));
    cpSync(await seeded(), this.data, { recursive: true });
    const port = await freePort();
    this.base = `http://127.0.0.1:${port}`;
    this.log = '';
    this.run = spawn(program, ['demo', '--keep', '--data', this.data, '--listen', `127.0.0.1:${port}`]);
    for (const stream of [this.run.stdout, this.run.stderr]) stream.on('data', (d) => { this.log += d; });
    const until = Date.now() + 30_000;
    for (;;) {
      try { if ((await fetch(this.base + '/healthz')).ok) break; } catch { /* not yet */ }
      if (Date.now() > until || this.run.exitCode !== null) throw new Error('the program did not start:\n' + this.log);
      await new Promise((r) => setTimeout(r, 50));
    }
    this.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    this.faults = [];
  }

  async close() {
    await this.browser?.close();
    if (this.run && this.run.exitCode === null) {
      const ended = new Promise((r) => this.run.once('exit', r));
      this.run.kill('SIGTERM');
      await ended;
    }
    rmSync(this.data, { recursive: true, force: true });
  }

  // page opens a window of its own, signed in when a person is named. What the browser
  // complains of (scripts, the content security policy) is collected and must stay empty.
  async page(person, { size = sizes.desk, scheme = 'light', script = true, touch = false } = {}) {
    const context = await this.browser.newContext({ viewport: size, colorScheme: scheme, javaScriptEnabled: script, hasTouch: touch, locale: 'vi-VN', reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('console', (m) => { if (m.type() === 'error' && !/status of (403|404|409|422)/.test(m.text())) this.faults.push(`${page.url()}: ${m.text()}`); });
    page.on('pageerror', (e) => this.faults.push(`${page.url()}: ${e.message}`));
    if (person) {
      await page.goto(this.base + '/dang-nhap');
      await page.fill('#vao-username', person);
      await page.fill('#vao-password', password);
      await Promise.all([page.waitForURL((u) => u.pathname !== '/dang-nhap'), page.press('#vao-password', 'Enter')]);
    }
    return page;
  }
}

// office gives a file of tests its office, opened before them and closed after them.
export function office() {
  const o = new Office();
  before(() => o.open());
  after(async () => {
    await o.close();
    assert.deepEqual(o.faults, [], 'the browser complained');
  });
  return o;
}

// flash is what the page says was done.
export const flash = (page) => page.locator('[data-flash]').first().innerText();

// press waits for the page that follows a press.
export async function press(page, target) {
  const to = typeof target === 'string' ? page.getByRole('button', { name: target, exact: true }).locator('visible=true').first() : target;
  await Promise.all([page.waitForEvent('framenavigated'), to.click()]);
  await page.waitForLoadState('load');
}

// choose picks a person or unit in a field that completes by typing.
export async function choose(page, field, typed, wanted) {
  await page.locator(field).pressSequentially(typed);
  await page.getByRole('option', { name: wanted }).first().waitFor();
  await page.keyboard.press('Enter');
}

// wide is how far a page runs over its window to the right.
export const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

// small lists what is shown and pressed but less than size pixels high.
export const small = (locator, size) => locator.evaluateAll((all, size) => all.filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < size)
  .map((e) => `${e.textContent.trim().slice(0, 40)} ${Math.round(e.getBoundingClientRect().height)}px`), size);

// letter prints an official letter to a real PDF with a text layer.
export async function letter(o, name, { issuer, number, place = 'Cao Bằng', day, subject, body, secret = '' }) {
  const page = await o.browser.newPage();
  await page.setContent(`<html lang="vi"><style>body{font:14pt "Tinos","Liberation Serif",serif;margin:2cm}table{width:100%}td{vertical-align:top;text-align:center;width:50%}p{text-indent:1cm}</style>
<table><tr><td>${issuer}<br>${secret ? `<b style="border:2px solid red;color:red;padding:2px 8px">${secret}</b>` : ''}</td><td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập - Tự do - Hạnh phúc</b></td></tr>
<tr><td>Số: ${number}<br>V/v ${subject}</td><td><i>${place}, ngày ${day.getDate()} tháng ${day.getMonth() + 1} năm ${day.getFullYear()}</i></td></tr></table>
<p style="text-align:center">Kính gửi: Ban Dân tộc tỉnh.</p><p>${body}</p></html>`);
  mkdirSync(out, { recursive: true });
  const path = join(out, name);
  await page.pdf({ path, format: 'A4' });
  await page.close();
  return path;
}

// dayVN writes a day as people do on screen.
export const dayVN = (d) => [d.getDate(), d.getMonth() + 1].map((n) => String(n).padStart(2, '0')).join('/') + '/' + d.getFullYear();
