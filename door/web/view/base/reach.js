// The page "Cách nhận thông báo": this device's push, and its copy for reading offline.
(() => {
  "use strict";
  const $ = (s) => document.querySelector(s);
  const able = "serviceWorker" in navigator && window.isSecureContext;
  const worker = () => navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready);
  const bytes = (s) => Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const words = (b) => btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const form = $("[data-push]");
  if (form && able && "PushManager" in window) {
    const said = $("[data-push-said]");
    form.hidden = false; $("[data-no-push]").hidden = true;
    form.addEventListener("submit", async (e) => {
      if (form.elements.endpoint.value) return;
      e.preventDefault();
      delete form.dataset.sent;
      try {
        if (await Notification.requestPermission() !== "granted") throw new Error("Trình duyệt đang chặn thông báo của trang này; hãy cho phép trong cài đặt của trình duyệt.");
        const at = await worker(), was = await at.pushManager.getSubscription();
        if (was) await was.unsubscribe(); // it may be somebody else's, from before
        const sub = await at.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(form.dataset.push) });
        form.elements.endpoint.value = sub.endpoint;
        form.elements.p256dh.value = words(sub.getKey("p256dh")); form.elements.auth.value = words(sub.getKey("auth"));
        form.submit();
      } catch (err) {
        said.textContent = /^[A-ZĐ].*\.$/.test(err.message) && err.constructor === Error ? err.message : "Không bật được thông báo đẩy trên thiết bị này; có thể mạng chặn dịch vụ của trình duyệt.";
        said.hidden = false;
      }
    });
  }

  const box = $("[data-offline]");
  if (box && able && "caches" in window) {
    const tick = $("[data-offline-on]"), say = (t) => { $("[data-offline-said]").textContent = t; };
    box.hidden = false; $("[data-no-offline]").hidden = true;
    const wish = async () => { const kept = await caches.has("soviec-wish") && await (await caches.open("soviec-wish")).match("/who"); return kept ? kept.text() : ""; };
    wish().then((who) => { tick.checked = who === box.dataset.offline; });
    tick.addEventListener("change", async () => {
      await caches.delete("soviec-copy"); await caches.delete("soviec-wish");
      if (!tick.checked) { say("Đã tắt và xóa bản đã giữ trên thiết bị này."); return; }
      await (await caches.open("soviec-wish")).put("/who", new Response(box.dataset.offline));
      await worker();
      say("Đã bật. Từ lần mở “Việc của tôi” tới, thiết bị giữ bản để xem khi mất mạng.");
    });
  }
})();
