// The worker of a device whose person has turned on push, or the copy for reading offline.
"use strict";
const COPY = "soviec-copy", WISH = "soviec-wish", LONGEST = 3 * 24 * 3600 * 1000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim()));

// Whose list this device may keep: only of the person who turned it on here.
const wished = async () => {
  const kept = await caches.has(WISH) && await (await caches.open(WISH)).match("/who");
  return kept ? kept.text() : "";
};

const keep = async (res) => {
  const who = res.headers.get("Soviec-Person");
  if (!who || who !== await wished()) { await caches.delete(COPY); return; }
  const copy = await caches.open(COPY), page = await res.text();
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": res.headers.get("Content-Security-Policy") || "default-src 'self'", "Soviec-Kept": String(Date.now()) };
  await copy.put("/", new Response(page, { headers }));
  for (const [, at] of page.matchAll(/(?:href|src)="(\/tai-san\/[^"]+)"/g)) if (!await copy.match(at)) await copy.add(at);
};

const two = (n) => String(n).padStart(2, "0");
const shown = async () => {
  const copy = await caches.has(COPY) && await caches.open(COPY), page = copy && await copy.match("/");
  const at = page ? Number(page.headers.get("Soviec-Kept")) : 0;
  if (!page || Date.now() - at > LONGEST || !await wished()) {
    await caches.delete(COPY);
    return new Response("<!DOCTYPE html><html lang=\"vi\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Đang mất mạng</title><h1>Đang mất mạng</h1><p>Không kết nối được với chương trình. <a href=\"/\">Thử lại</a>.</p></html>",
      { status: 503, headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'self'" } });
  }
  const d = new Date(at), when = `${two(d.getHours())}:${two(d.getMinutes())} ngày ${two(d.getDate())}/${two(d.getMonth() + 1)}/${d.getFullYear()}`;
  const text = (await page.text()).replace(/<main[^>]*>/, (m) => `${m}<div class="banner warn" role="status"><p><b>Đang mất mạng.</b> Đây là bản giữ trên thiết bị lúc ${when}; việc đã thay đổi sau đó không có ở đây, các nút bấm không dùng được.</p></div>`);
  return new Response(text, { headers: page.headers });
};

self.addEventListener("fetch", (e) => {
  const r = e.request, url = new URL(r.url);
  if (url.origin !== self.location.origin) return;
  if (r.method === "POST" && url.pathname === "/dang-xuat") { e.waitUntil(caches.delete(COPY)); return; }
  if (r.method !== "GET") return;
  if (url.pathname.startsWith("/tai-san/")) {
    e.respondWith(fetch(r).catch(async () => (await caches.match(r)) || Response.error()));
    return;
  }
  if (r.mode !== "navigate") return;
  e.respondWith((async () => {
    let res;
    try { res = await fetch(r); } catch { return shown(); }
    if (url.pathname === "/") {
      if (res.status >= 500) return shown(); // what stands before the program answers in its place
      // Signed out, or signed in as somebody else: nothing stays.
      if (res.ok) e.waitUntil(keep(res.clone())); else e.waitUntil(caches.delete(COPY));
    } else if (url.pathname === "/dang-nhap") e.waitUntil(caches.delete(COPY));
    return res;
  })());
});

self.addEventListener("push", (e) => {
  let m = {};
  try { m = e.data.json(); } catch { /* an empty waking says that there is something */ }
  e.waitUntil(self.registration.showNotification("Sổ Việc", { body: m.text || "Bạn có thông báo mới", tag: "soviec", lang: "vi", icon: "ICON", badge: "ICON", data: { link: m.link || "/" } }));
});

self.addEventListener("notificationclick", (e) => {
  e.notification.close();
  const to = new URL(e.notification.data.link, self.location.origin);
  if (to.origin !== self.location.origin) return;
  e.waitUntil((async () => {
    for (const c of await self.clients.matchAll({ type: "window" })) if (new URL(c.url).pathname === to.pathname && "focus" in c) { await c.focus(); return; }
    await self.clients.openWindow(to.href);
  })());
});
