// Comfort on top of pages that work without it: keys, drop zone, drafts, live notices.
(() => {
  "use strict";
  const $ = (s, r = document) => r.querySelector(s);
  const $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const make = (tag, props = {}, ...kids) => { const e = Object.assign(document.createElement(tag), props); e.append(...kids); return e; };
  const store = { get(k) { try { return sessionStorage.getItem(k); } catch { return null; } }, set(k, v) { try { sessionStorage.setItem(k, v); } catch { /* full or forbidden */ } }, drop(k) { try { sessionStorage.removeItem(k); } catch { /* forbidden */ } } };
  // Folding as the search does it: no marks, no capitals, đ is d.
  const fold = (s) => s.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const typing = (e) => e.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(e.tagName) && !/^(checkbox|radio|button|submit)$/.test(e.type);

  // ---- errors take the focus
  const summary = $("[data-errors]");
  if (summary) summary.focus();

  // ---- keys
  const rows = () => $$("[data-rows]").flatMap((l) => $$(l.tagName === "TABLE" ? "tbody > tr" : ":scope > li", l));
  const linkOf = (row) => $(".c-what a, .title a, a[href]:not(.btn)", row);
  const move = (by) => {
    const all = rows(); if (!all.length) return false;
    const at = all.findIndex((r) => r.contains(document.activeElement) || r.classList.contains("here"));
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    all.forEach((r) => r.classList.toggle("here", r === next));
    const a = linkOf(next); if (a) a.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  };
  // On the board, to the card of the next column that has one, as far down.
  const across = (by) => {
    const cell = document.activeElement.closest(".cell"); if (!cell) return false;
    const cells = $$(".cell", cell.parentElement).filter((c) => $("li", c) && c.checkVisibility()), next = cells[cells.indexOf(cell) + by]; if (!next) return false;
    const at = $$("li", cell).findIndex((r) => r.contains(document.activeElement)), all = $$("li", next), row = all[Math.min(at, all.length - 1)];
    linkOf(row).focus({ preventScroll: true }); row.scrollIntoView({ block: "nearest" });
    return true;
  };
  let g = 0;
  const keysDialog = async () => {
    let d = $("dialog.keys-dialog");
    if (!d) {
      const page = new DOMParser().parseFromString(await (await fetch("/phim-tat")).text(), "text/html");
      const list = $("[data-keys]", page); if (!list) return;
      d = make("dialog", { className: "keys-dialog" }, make("h2", { textContent: "Phím tắt", id: "keys-title" }), document.adoptNode(list));
      d.setAttribute("aria-labelledby", "keys-title");
      const close = make("button", { textContent: "Đóng", className: "big" });
      close.addEventListener("click", () => d.close());
      d.append(close); document.body.append(d);
    }
    d.showModal();
  };
  document.addEventListener("keydown", (e) => {
    const t = e.target;
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      const form = t.form || $("form[data-save]"); if (!form || form.method !== "post") return;
      e.preventDefault(); form.requestSubmit($("button.main", form) || undefined); return;
    }
    if (e.key === "Enter" && !e.defaultPrevented && t.form && t.form.matches("[data-save]") && t.tagName === "INPUT" && !/^(checkbox|radio|file|submit|button)$/.test(t.type)) {
      e.preventDefault(); // Enter goes on to the next field
      const all = [...t.form.elements].filter((x) => x.checkVisibility() && x.tabIndex >= 0 && !x.disabled && x.tagName !== "FIELDSET"), next = all[all.indexOf(t) + 1];
      if (next) { next.focus(); if (next.select) next.select(); }
      return;
    }
    if (e.key === "Escape") { $$("details.menu[open], .thumb details[open]").forEach((d) => { d.open = false; }); return; }
    if (e.ctrlKey || e.metaKey || e.altKey || typing(t) || $("dialog[open]")) return;
    if (g && Date.now() - g < 1200) {
      const to = { v: "/", q: "/viec-qua-han", d: "/van-ban-den", b: "/cong-viec/bang", l: "/cong-viec/lich" }[e.key]; g = 0;
      if (to && (to.startsWith("/cong-viec") || $(`.side a[href="${to}"]`))) { e.preventDefault(); location.href = to; return; }
    }
    switch (e.key) {
      case "/": { const f = $("#tim"); if (f) { e.preventDefault(); f.focus(); f.select(); } break; }
      case "?": if ($(".side")) { e.preventDefault(); keysDialog(); } break;
      case "n": { const a = $("a[data-new]"); if (a) { e.preventDefault(); a.click(); } break; }
      case "g": g = Date.now(); break;
      case "ArrowDown": case "j": if (move(1)) e.preventDefault(); break;
      case "ArrowUp": case "k": if (move(-1)) e.preventDefault(); break;
      case "ArrowRight": case "l": if (across(1)) e.preventDefault(); break;
      case "ArrowLeft": case "h": if (across(-1)) e.preventDefault(); break;
      case " ": case "x": {
        const row = t.closest && t.closest("[data-rows] tr, [data-rows] > li"); const box = row && $('input[type="checkbox"]', row);
        if (box && t !== box && t.tagName !== "BUTTON") { e.preventDefault(); box.click(); } break;
      }
    }
  });
  document.addEventListener("focusin", (e) => { const row = e.target.closest && e.target.closest("[data-rows] tr, [data-rows] > li"); if (row) rows().forEach((r) => r.classList.toggle("here", r === row)); });

  // ---- small gestures
  $$("[data-print]").forEach((e) => { e.hidden = false; e.addEventListener("click", (ev) => { ev.preventDefault(); window.print(); }); });
  $$("form[data-auto]").forEach((f) => {
    const b = $("[data-auto-button]", f); if (b && !$('input[type="search"]', f)) b.hidden = true;
    f.addEventListener("change", (e) => { if (e.target.tagName === "SELECT") f.requestSubmit(); });
    f.addEventListener("submit", () => $$("select, input", f).forEach((i) => { if (!i.value) i.disabled = true; }));
  });
  window.addEventListener("pageshow", () => $$("form[data-auto] [disabled]").forEach((i) => { i.disabled = false; }));
  document.addEventListener("click", (e) => $$("details.menu[open], .thumb details[open]").forEach((d) => { if (!d.contains(e.target)) d.open = false; }));
  $$("button[data-add-row]").forEach((b) => b.addEventListener("click", (e) => {
    const body = $("tbody", b.parentElement) || $("tbody", b.form); const last = body && body.lastElementChild; if (!last) return;
    e.preventDefault();
    const row = last.cloneNode(true);
    const n = body.children.length + 1;
    $$("input, select", row).forEach((i) => { i.value = ""; }); $$(".error", row).forEach((x) => x.remove());
    $$("[aria-label]", row).forEach((i) => i.setAttribute("aria-label", i.getAttribute("aria-label").replace(/\d+$/, n)));
    $$("[aria-invalid]", row).forEach((i) => { i.removeAttribute("aria-invalid"); i.removeAttribute("aria-describedby"); });
    body.append(row); $("input, select", row).focus();
  }));
  // Work on many: the bar says how many are marked, and can mark all that is shown.
  $$("[data-together]").forEach((f) => {
    const said = $("[data-picked]", f), boxes = $$(`input[type="checkbox"][form="${f.id}"]`).filter((b) => b.checkVisibility()), all = make("button", { type: "button" });
    const say = () => { const n = boxes.filter((b) => b.checked).length; said.textContent = n ? `${n} việc đã đánh dấu` : "Chưa đánh dấu việc nào"; all.textContent = n === boxes.length ? "Bỏ đánh dấu" : "Đánh dấu tất cả"; };
    all.addEventListener("click", () => { const on = !boxes.every((b) => b.checked); boxes.forEach((b) => { b.checked = on; }); say(); });
    f.append(all); boxes.forEach((b) => b.addEventListener("change", say)); window.addEventListener("pageshow", say); say();
  });
  // One press is one act: a form that is on its way is not sent again.
  document.addEventListener("submit", (e) => {
    const f = e.target; if (f.method !== "post" || e.defaultPrevented) return;
    if (f.dataset.sent) { e.preventDefault(); return; }
    f.dataset.sent = "1"; setTimeout(() => { delete f.dataset.sent; }, 8000);
  });

  // ---- words at a square, at once and readable
  let tip;
  const showTip = (a) => {
    if (!a.title && !a.dataset.tip) return;
    if (a.title) { a.dataset.tip = a.title; a.setAttribute("aria-label", a.title); a.removeAttribute("title"); }
    const [, head, rest] = a.dataset.tip.match(/^(.*?)(?: · |: )(?=hạn|không)(.*)$/s) || [0, a.dataset.tip, ""];
    tip = tip || document.body.appendChild(make("div", { className: "tip" }));
    tip.replaceChildren(make("b", { textContent: head }), rest);
    tip.hidden = false; tip.setAttribute("aria-hidden", "true");
    const r = a.getBoundingClientRect(), w = tip.offsetWidth;
    tip.style.left = Math.max(8, Math.min(r.left - 12, document.documentElement.clientWidth - w - 8)) + window.scrollX + "px";
    tip.style.top = r.bottom + 8 + window.scrollY + "px";
  };
  const hideTip = () => { if (tip) tip.hidden = true; };
  $$(".picture").forEach((p) => {
    p.addEventListener("pointerover", (e) => { const a = e.target.closest("a.sq"); if (a) showTip(a); else hideTip(); });
    p.addEventListener("pointerleave", hideTip);
    p.addEventListener("focusin", (e) => { if (e.target.matches("a.sq")) showTip(e.target); });
    p.addEventListener("focusout", hideTip);
  });

  // ---- files dropped in
  $$("[data-drop]").forEach((zone) => {
    const input = $('input[type="file"]', zone), list = $("[data-dropped]", zone);
    // The browser's own words are in the browser's language; ours are not.
    const words = make("span", { textContent: input.multiple ? "Chọn tệp, hoặc kéo thả vào đây" : "Chọn một tệp, hoặc kéo thả vào đây" });
    words.setAttribute("aria-hidden", "true");
    const box = make("div", { className: "zone" }); input.before(box); box.append(words, input);
    const show = () => list.replaceChildren(...[...input.files].map((f) => make("li", { textContent: `${f.name} · ${Math.max(1, Math.round(f.size / 1024)).toLocaleString("vi-VN")} KB` })));
    input.addEventListener("change", show);
    for (const ev of ["dragenter", "dragover"]) zone.addEventListener(ev, (e) => { e.preventDefault(); zone.classList.add("over"); });
    for (const ev of ["dragleave", "drop"]) zone.addEventListener(ev, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (e) => {
      if (!e.dataTransfer.files.length) return;
      e.preventDefault();
      const all = new DataTransfer();
      if (input.multiple) for (const f of input.files) all.items.add(f);
      for (const f of e.dataTransfer.files) if (input.multiple || !all.items.length) all.items.add(f);
      input.files = all.files; input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });

  // ---- what the number being typed says: type, issuer, whether it is in the register already
  const entry = $("form.register-form"), no = entry && entry.elements.notation;
  if (no && !/\/sua$/.test(entry.getAttribute("action"))) no.addEventListener("change", async () => {
    const field = (e) => e.closest(".field"), why = (e, text) => { $(".why", field(e))?.remove(); field(e).classList.toggle("proposed", !!text); if (text) field(e).append(make("p", { className: "why", textContent: text })); };
    $("[data-there]", entry)?.remove();
    if (!no.value.trim()) return;
    try {
      const r = await fetch("/van-ban-den/de-xuat?" + new URLSearchParams({ notation: no.value, issuer: entry.elements.issuer.value }));
      if (!r.ok) return;
      const p = await r.json(), { type, issuer } = entry.elements;
      if (p.issuer && (!issuer.value.trim() || issuer.dataset.proposed === issuer.value)) { issuer.value = issuer.dataset.proposed = p.issuer; why(issuer, "Đề xuất: theo số, ký hiệu"); }
      if (p.type && (type.value === "theo-so" || type.dataset.proposed === type.value)) { type.value = type.dataset.proposed = p.type; why(type, "Đề xuất: theo số, ký hiệu"); }
      if (p.duplicate) {
        const b = make("p", { className: "banner warn" }, `Có thể đã vào sổ: số đến ${p.duplicate.number} ngày ${p.duplicate.arrived}, `, make("a", { href: p.duplicate.href, target: "_blank", rel: "noopener", textContent: p.duplicate.subject }));
        b.dataset.there = ""; b.setAttribute("role", "status"); (no.closest(".pair") || field(no)).after(b);
      }
    } catch { /* the form works without */ }
  });

  // A file dropped on an empty form is read at once; what it says comes back as proposals.
  const read = entry && $("[data-read]", entry);
  if (read) entry.elements.files.addEventListener("change", () => {
    const { notation, subject, files } = entry.elements;
    if (!notation.value.trim() && !subject.value.trim() && [...files.files].some((f) => /\.pdf$/i.test(f.name))) entry.requestSubmit(read);
  });

  // ---- work given in one line: what was understood is shown while it is typed
  const line = $("form[data-line]"), understood = $("[data-reading]");
  if (line && understood) {
    let t, n = 0;
    line.elements.line.addEventListener("input", () => {
      clearTimeout(t);
      t = setTimeout(async () => {
        const me = ++n, text = line.elements.line.value.trim();
        if (text.length < 4) { understood.replaceChildren(); return; }
        try {
          const page = new DOMParser().parseFromString(await (await fetch("/cong-viec/giao?" + new URLSearchParams({ line: text }))).text(), "text/html");
          if (me === n) understood.replaceChildren(...($("[data-reading]", page)?.childNodes || []));
        } catch { /* it is read when it is sent */ }
      }, 300);
    });
  }

  // ---- many to choose: the summary says whom, a field narrows the list
  $$("[data-many]").forEach((d) => {
    const said = $("[data-chosen]", d), boxes = $$('input[type="checkbox"]', d);
    const say = () => { const on = boxes.filter((b) => b.checked).map((b) => b.closest("label").querySelector("span").firstChild.textContent.trim()); said.textContent = on.length ? on.join("; ") : "chưa chọn"; };
    boxes.forEach((b) => b.addEventListener("change", say)); say();
    if (boxes.length > 8) {
      const f = make("input", { type: "search", className: "many-filter", placeholder: "Gõ để lọc" }); f.setAttribute("aria-label", "Lọc danh sách");
      f.addEventListener("keydown", (e) => { if (e.key === "Enter") e.preventDefault(); });
      f.addEventListener("input", () => { const q = fold(f.value); boxes.forEach((b) => { b.closest("label").hidden = q && !b.checked && !fold(b.closest("label").textContent).includes(q); }); });
      $(".many-box", d).before(f);
    }
  });

  // ---- one to choose, by typing: a combobox over a real select
  $$("select[data-combo]").forEach((sel) => {
    const id = sel.id, list = make("ul", { id: id + "-list", hidden: true }), input = make("input", { type: "text", autocomplete: "off", placeholder: sel.dataset.hint || "Gõ tên người hoặc đơn vị" });
    list.setAttribute("role", "listbox"); list.setAttribute("aria-label", "Lựa chọn");
    for (const [k, v] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) input.setAttribute(k, v);
    for (const k of ["aria-describedby", "aria-invalid"]) if (sel.hasAttribute(k)) input.setAttribute(k, sel.getAttribute(k));
    input.required = sel.required; sel.required = false;
    const box = make("div", { className: "combo" }); sel.before(box); box.append(input, list, sel);
    sel.id = id + "-value"; input.id = id; sel.hidden = true;
    const label = (o) => (o.parentElement.tagName === "OPTGROUP" && o.parentElement.label !== o.text ? `${o.text}` : o.text);
    const current = () => (sel.value ? label(sel.selectedOptions[0]) : "");
    input.value = current();
    let items = [], at = -1;
    const mark = (i) => { at = i; items.forEach((li, n) => li.setAttribute("aria-selected", String(n === i))); if (items[i]) { input.setAttribute("aria-activedescendant", items[i].id); items[i].scrollIntoView({ block: "nearest" }); } else input.removeAttribute("aria-activedescendant"); };
    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); mark(-1); };
    const take = (o) => { sel.value = o ? o.value : ""; input.value = current(); close(); sel.dispatchEvent(new Event("change", { bubbles: true })); };
    const open = (q) => {
      const want = fold(q); list.replaceChildren(); items = [];
      let groupName = "";
      for (const o of sel.options) {
        if (!o.value || o.disabled || (want && !fold(o.text + " " + (o.parentElement.label || "")).includes(want))) continue;
        const name = o.parentElement.label || "";
        if (name !== groupName) { groupName = name; const h = make("li", { className: "group", textContent: name }); h.setAttribute("role", "presentation"); list.append(h); }
        const li = make("li", { id: `${id}-o${items.length}`, textContent: o.text }); li.setAttribute("role", "option");
        li.addEventListener("pointerdown", (e) => { e.preventDefault(); take(o); });
        li.option = o; items.push(li); list.append(li);
      }
      list.hidden = !items.length; input.setAttribute("aria-expanded", String(!list.hidden)); mark(want && items.length ? 0 : -1);
    };
    input.addEventListener("input", () => { if (!input.value) sel.value = ""; open(input.value); });
    input.addEventListener("click", () => { if (list.hidden) open(""); });
    input.addEventListener("blur", () => { close(); if (fold(input.value) !== fold(current())) { const hit = input.value && [...sel.options].find((o) => o.value && fold(o.text) === fold(input.value)); take(hit || (input.value ? sel.value && sel.selectedOptions[0] : null)); } });
    input.addEventListener("keydown", (e) => {
      if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); if (list.hidden) open(""); mark((at + (e.key === "ArrowDown" ? 1 : -1) + items.length) % Math.max(1, items.length)); }
      else if (e.key === "Enter" && !e.ctrlKey && !list.hidden && at >= 0) { e.preventDefault(); take(items[at].option); }
      else if (e.key === "Tab" && !list.hidden && at >= 0) take(items[at].option);
      else if (e.key === "Escape") { close(); input.value = current(); }
    });
  });

  // ---- ready words and days as chips
  const chips = (after, options, take) => {
    const row = make("div", { className: "chips" });
    for (const o of options) { const b = make("button", { type: "button", textContent: o.label || o.value }); b.addEventListener("click", () => take(o.value)); row.append(b); }
    after.after(row);
  };
  $$("input[data-chips]").forEach((i) => { if (!i.list) return; const o = [...i.list.options]; i.removeAttribute("list"); chips(i, o, (v) => { i.value = v; i.focus(); }); });
  $$("datalist[data-phrases]").forEach((d) => { const t = document.getElementById(d.dataset.phrases); if (t) chips(t, [...d.options], (v) => { t.value = t.value.trim() ? `${t.value.trim()} ${v}` : v; t.focus(); t.dispatchEvent(new Event("input", { bubbles: true })); }); });

  // ---- what was typed is not lost: kept in this tab until the act has succeeded
  const done = $('[data-flash="done"]'), pending = store.get("draft-sent");
  if (done && pending) store.drop(pending);
  store.drop("draft-sent");
  $$("form[data-draft]").forEach((f) => {
    const key = `draft:${f.getAttribute("action")}#${f.dataset.draft}`; // the same on the page that refuses
    const fields = () => [...f.elements].filter((e) => e.name && !/^(hidden|file|password|submit|button)$/.test(e.type) && e.tagName !== "BUTTON" && e.name !== "file_key");
    const failed = $("[data-errors]", f) || $("[data-errors]");
    const kept = store.get(key);
    if (kept && !failed) {
      try {
        const was = JSON.parse(kept); let changed = false;
        fields().forEach((e, i) => {
          const v = was[`${e.name}/${i}`]; if (v === undefined) return;
          if (/^(checkbox|radio)$/.test(e.type)) { if (e.checked !== v) { e.checked = v; changed = true; } } else if (e.value !== v) { e.value = v; changed = true; }
        });
        if (changed) {
          const b = make("button", { type: "button", textContent: "Bỏ phần đã gõ" });
          b.addEventListener("click", () => { store.drop(key); location.reload(); });
          f.prepend(make("p", { className: "banner" }, make("span", { textContent: "Đã lấy lại phần gõ dở trước đó." }), b));
          $$("[data-many]", f).forEach((d) => { const c = $('input[type="checkbox"]', d); if (c) c.dispatchEvent(new Event("change")); });
          $$(".combo", f).forEach((c) => { const s = $("select", c); $("input", c).value = s.value ? s.selectedOptions[0].text : ""; });
        }
      } catch { store.drop(key); }
    }
    let t;
    const keep = () => { clearTimeout(t); t = setTimeout(() => { const o = {}; fields().forEach((e, i) => { o[`${e.name}/${i}`] = /^(checkbox|radio)$/.test(e.type) ? e.checked : e.value; }); store.set(key, JSON.stringify(o)); }, 300); };
    f.addEventListener("input", keep); f.addEventListener("change", keep);
    f.addEventListener("submit", () => { clearTimeout(t); store.set("draft-sent", key); });
  });

  // ---- notices as they come
  if ($(".told") && "EventSource" in window) {
    const live = make("p", { className: "away" }); live.setAttribute("role", "status"); document.body.append(live);
    const es = new EventSource("/thong-bao/luong");
    es.addEventListener("notice", (e) => {
      try {
        const n = JSON.parse(e.data);
        $$("[data-unread]").forEach((b) => { b.textContent = n.unread; b.hidden = !n.unread; });
        document.title = (n.unread ? `(${n.unread}) ` : "") + document.title.replace(/^\(\d+\) /, "");
        if (n.text) live.textContent = n.text;
      } catch { /* a broken event changes nothing */ }
    });
    window.addEventListener("pagehide", () => es.close());
  }

  // ---- progress without loading the whole page again
  const bar = $("[data-progress]:not([data-finished])");
  if (bar) {
    const look = async () => {
      try {
        const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html"), now = $("[data-progress]", page);
        if (!now) { location.reload(); return; }
        const p = $("progress", now), mine = $("progress", bar);
        if (now.hasAttribute("data-finished") || !p || !mine) { location.reload(); return; }
        mine.value = p.value; for (const s of [".aside", ".num"]) $(s, bar).textContent = $(s, now).textContent;
      } catch { /* try again */ }
      setTimeout(look, 1000);
    };
    setTimeout(look, 1000);
  }
})();
