// The signing desk: the place of the picture by drag and arrow keys, how many are ticked, the
// progress of a signing, and the signing service of this PC. Without script all but the last
// is done by the form.
(() => {
  "use strict";
  const $ = (s, at = document) => at.querySelector(s), all = (s, at = document) => [...at.querySelectorAll(s)];

  const form = $("[data-signing]");
  if (form) {
    const button = $("[data-sign-button]", form), ticks = all("input[name=paper][type=checkbox]", form);
    const count = () => {
      if (!ticks.length || !button) return;
      const n = ticks.filter((t) => t.checked).length;
      button.textContent = n ? "Ký số " + n + " văn bản" : "Ký số các văn bản đã chọn";
      $("[data-picked]", form).textContent = n ? "" : "Chưa chọn văn bản nào.";
    };
    form.addEventListener("change", count); count();
    form.addEventListener("submit", (e) => {
      if (!e.defaultPrevented && button) { button.setAttribute("aria-disabled", "true"); button.textContent = "Đang ký…"; }
    });
    addEventListener("pageshow", () => { if (button) { button.removeAttribute("aria-disabled"); count(); } });
    const place = $("[data-place]", form);
    if (place) placing(form, place);
  }

  function placing(form, place) {
    const get = (n) => parseFloat(form.elements[n].value.replace(",", ".")) || 0;
    const set = (n, v) => { form.elements[n].value = String(Math.round(v * 10) / 10); };
    let svg = $("svg[data-spotted]", form);
    if (!svg) return;
    const pic = $("image.spot", svg), box = $("rect.spot", svg), ratio = box.height.baseVal.value / box.width.baseVal.value;
    box.setAttribute("tabindex", "0"); box.setAttribute("role", "application");
    box.setAttribute("aria-label", "Hình chữ ký: phím mũi tên để chuyển chỗ");
    const show = () => {
      const page = $('svg[data-page="' + Math.round(get("page")) + '"]', form);
      if (page && page !== svg) { const had = document.activeElement === box; delete svg.dataset.live; page.append(pic, box); svg = page; if (had) box.focus(); }
      svg.dataset.live = "1";
      for (const el of [pic, box]) { el.setAttribute("x", get("x")); el.setAttribute("y", get("y")); el.setAttribute("width", get("w")); el.setAttribute("height", get("w") * ratio); }
    };
    const move = (x, y) => {
      const v = svg.viewBox.baseVal, w = get("w");
      set("x", Math.min(Math.max(0, x), v.width - w)); set("y", Math.min(Math.max(0, y), v.height - w * ratio));
      form.elements.moved.checked = true; show();
    };
    place.addEventListener("input", (e) => { if (e.target.name !== "moved") form.elements.moved.checked = true; show(); });
    box.addEventListener("keydown", (e) => {
      const step = e.shiftKey ? 10 : 1, by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[e.key];
      if (!by) return;
      e.preventDefault(); move(get("x") + by[0], get("y") + by[1]);
    });
    let grip = null;
    const at = (e) => { const m = svg.getScreenCTM().inverse(), p = new DOMPoint(e.clientX, e.clientY).matrixTransform(m); return [p.x, p.y]; };
    box.addEventListener("pointerdown", (e) => { const [x, y] = at(e); grip = [x - get("x"), y - get("y")]; box.setPointerCapture(e.pointerId); });
    box.addEventListener("pointermove", (e) => { if (grip) { const [x, y] = at(e); move(x - grip[0], y - grip[1]); } });
    for (const end of ["pointerup", "pointercancel"]) box.addEventListener(end, () => { grip = null; });
    show();
  }

  const run = $("[data-signing-run]");
  if (run && !run.dataset.signingPc) {
    const look = async () => {
      try {
        const got = await fetch(run.dataset.signingRun, { headers: { Accept: "application/json" } });
        if (got.ok) {
          const now = await got.json();
          if (!now.running) { location.reload(); return; }
          $("[data-run-heading]").textContent = now.heading;
          let done = 0;
          all("[data-run-row]").forEach((row, i) => {
            const r = now.rows[i], state = $("[data-run-state]", row);
            if (!r) return;
            if (r.tone === "done") done++;
            state.textContent = r.state; state.className = r.tone; $("[data-run-why]", row).textContent = r.why;
          });
          const bar = $("progress"); if (bar) bar.value = done;
        }
      } catch { /* the next round asks again */ }
      setTimeout(look, 2000);
    };
    setTimeout(look, 1500);
  }

  // The signing service of the PC: one connection for each call, JSON there and back.
  if (run && run.dataset.signingPc) {
    const said = $("[data-pc-said]"), press = $("[data-pc-sign]"), service = "wss://127.0.0.1:8987/";
    const call = (path, message, wait) => new Promise((done, fail) => {
      let over = false, ws;
      const end = (f, v) => { if (!over) { over = true; f(v); try { ws.close(); } catch { /* it is closed */ } } };
      try { ws = new WebSocket(service + path); } catch (e) { end(fail, e); return; }
      if (wait) setTimeout(() => end(fail, new Error("silent")), wait);
      ws.onopen = () => ws.send(message);
      ws.onmessage = (e) => end(done, e.data);
      ws.onerror = () => end(fail, new Error("closed"));
      ws.onclose = () => end(fail, new Error("closed"));
    });
    const sign = async (row) => {
      const state = $("[data-run-state]", row), why = $("[data-run-why]", row);
      state.textContent = "Đang ký trên máy này"; why.textContent = "";
      try {
        const got = await fetch(run.dataset.signingPc, { method: "POST", headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" }, body: "session=" + row.dataset.session });
        const at = await got.json();
        if (!got.ok) throw new Error(at.errors?.[0]?.text || "");
        const answer = JSON.parse(await call(run.dataset.signingAct, JSON.stringify({ FileName: at.get, FileUploadHandler: at.put, SessionId: "", JWTToken: "", DocNumber: "", IssuedDate: "", MetaData: [] })));
        if (answer.Status !== 0) throw new Error(answer.Message || "");
      } catch (e) { why.textContent = e.message && e.message !== "closed" ? e.message : "Bộ ký trên máy này không trả lời."; state.textContent = "Chưa ký được"; state.className = "error"; return false; }
      return true;
    };
    call("GetVersion", "", 2000).then(() => { press.hidden = false; said.textContent = "Đã thấy bộ ký số trên máy này. Cắm thiết bị USB rồi ký lần lượt từng văn bản."; },
      () => { $("[data-pc-missing]").hidden = false; });
    if (press) press.addEventListener("click", async () => {
      press.disabled = true;
      let good = true;
      for (const row of all("[data-session]")) good = await sign(row) && good;
      if (good) location.reload(); else press.disabled = false;
    });
  }
})();
