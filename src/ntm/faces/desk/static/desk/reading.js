// Bàn đọc: an item and its place in the source light up together; j k Enter s x; files dropped on the shelf. Links and forms do the same.
(() => {
  "use strict";

  // --- the shelf: dropped files go into the form --------------------------------------------------------------------
  const drop = document.querySelector("[data-drop-files]");
  if (drop) {
    const field = drop.querySelector("input[type=file]");
    for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, (event) => { if (kind === "drop" || !drop.contains(event.relatedTarget)) drop.classList.remove("over"); });
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      field.files = event.dataTransfer.files;
      drop.requestSubmit();
    });
  }

  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const marked = JSON.parse(document.getElementById("marked").textContent);
  const english = document.documentElement.lang === "en";
  const source = () => document.getElementById("nguon");
  const walkable = () => [...desk.querySelectorAll(".finding, .item")];
  const numbers = (element) => (element.dataset.lines || "").split(" ").filter(Boolean);
  let here = null;

  // --- the source: every line that something was read on is marked ---------------------------------------------------
  function paint() {
    const inner = source();
    if (inner.querySelector(".source-lines")) {
      for (const no of Object.keys(marked.items)) inner.querySelector(`#d${no}`)?.classList.add("has");
      return;
    }
    const wanted = new Set([...Object.keys(marked.items), ...walkable().flatMap(numbers)]);
    for (const [no, boxes] of Object.entries(marked.places)) {
      if (!wanted.has(no)) continue;
      for (const [page, x0, y0, x1, y1] of boxes) {
        const sheet = inner.querySelector(`[data-page="${page}"]`);
        if (!sheet) continue;
        const place = document.createElement("div");
        place.className = "place";
        place.dataset.line = no;
        place.style.cssText = `left:${(x0 * 100 - 1).toFixed(2)}%;top:${(y0 * 100 - 0.2).toFixed(2)}%;width:${((x1 - x0) * 100 + 1.6).toFixed(2)}%;height:${((y1 - y0) * 100 + 0.4).toFixed(2)}%`;
        sheet.append(place);
      }
    }
  }
  const spots = (no) => [...source().querySelectorAll(`#d${no}, .place[data-line="${no}"]`)];

  function light(lines, to) {
    const inner = source();
    inner.querySelectorAll(".lit").forEach((spot) => spot.classList.remove("lit"));
    const found = lines.flatMap(spots);
    found.forEach((spot) => spot.classList.add("lit"));
    const first = to ? spots(to)[0] : found[0];
    if (!first) return;
    const gap = first.getBoundingClientRect().top - inner.getBoundingClientRect().top;
    inner.scrollTop += gap - inner.clientHeight / 3;
  }

  function choose(element, focus, to) {
    if (!element) return;
    here?.classList.remove("here");
    here = element;
    here.classList.add("here");
    here.tabIndex = -1;
    light(numbers(here), to);
    if (focus) {
      here.focus({ preventScroll: true });
      here.scrollIntoView({ block: "nearest" });
    }
  }

  function formPlace(element) {
    const there = element.querySelector(".edit");
    if (there) return there;
    const made = document.createElement("div");
    made.className = "edit";
    made.id = `e${element.id.slice(1)}`;
    element.append(made);
    return made;
  }

  desk.addEventListener("click", (event) => {
    const line = event.target.closest("#nguon [id^=d], .place");
    if (line) {
      const no = line.dataset.line || line.id.slice(1);
      const item = document.getElementById(`m${marked.items[no]}`) ?? walkable().find((one) => numbers(one).includes(no));
      if (item) choose(item, true, no);
      return;
    }
    const element = event.target.closest(".finding, .item");
    if (!element) return;
    const fix = event.target.closest(".decide a");
    if (fix && window.htmx && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      choose(element);
      window.htmx.ajax("GET", fix.href, { target: formPlace(element), swap: "innerHTML" });
      return;
    }
    const where = event.target.closest(".where");
    if (where) {
      event.preventDefault();
      choose(element, false, where.dataset.line);
    } else if (event.target.closest("[data-cancel]")) {
      event.preventDefault();
      element.querySelector(".edit").remove();
      choose(element, true);
    } else if (!event.target.closest("a, button, input, select, textarea, summary")) choose(element);
    else if (element !== here) choose(element);
  });

  // --- ticked items ---------------------------------------------------------------------------------------------------
  const bar = desk.querySelector("[data-chosen]");
  function ticked() {
    if (!bar) return;
    const count = desk.querySelectorAll("input[name=muc]:checked").length;
    bar.classList.toggle("some", count > 0);
    bar.querySelector(".chosen-n").textContent = english ? `${count} chosen` : `Đã chọn ${count} mục`;
  }
  desk.addEventListener("change", (event) => { if (event.target.matches("[name=muc]")) ticked(); });

  // --- what comes back: the lines that changed; the next one that waits is chosen ----------------------------------------
  let deciding = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id === "f") deciding = here?.id ?? null;
    else if (event.detail.elt.matches(".correct")) deciding = event.detail.elt.closest(".item").id;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const refused = event.detail.xhr.status >= 400;
    const note = document.getElementById("noi-bao");
    if (!refused) note.replaceChildren();
    else if (event.detail.requestConfig.elt.id === "f" || !event.detail.serverResponse.includes("<form")) {
      event.detail.target = note;
      event.detail.swapOverride = "innerHTML";
      event.detail.shouldSwap = true;
      note.scrollIntoView({ block: "center" });
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "nguon") {
      const fresh = document.getElementById("marked-later");
      if (fresh) marked.places = JSON.parse(fresh.textContent).places;
      paint();
      if (here) light(numbers(here));
      return;
    }
    const form = event.target.querySelector?.(".correct");
    if (form && event.target.matches(".edit")) (form.querySelector("[aria-invalid]") ?? form.querySelector("textarea, input:not([type=hidden])")).focus();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const asked = event.detail.requestConfig?.elt; // the form itself may have left the page
    if (!event.detail.successful || !(asked?.id === "f" || asked?.matches(".correct"))) return;
    ticked();
    const done = deciding && document.getElementById(deciding);
    deciding = null;
    if (!done || document.querySelector(".correct")) return; // a correction opened meanwhile keeps the hand
    const all = walkable().filter((one) => one.matches(".item"));
    const next = all.slice(all.indexOf(done) + 1).find((one) => !one.matches(".accepted, .corrected, .rejected"));
    choose(done.matches(".accepted, .corrected, .rejected") && next ? next : done, true);
  });

  // --- keyboard ---------------------------------------------------------------------------------------------------------
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && event.target.closest(".correct")) {
      event.target.closest(".correct").querySelector("[data-cancel]").click();
      return;
    }
    if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    if (event.key === "g") { going = Date.now(); return; }
    if (Date.now() - going < 1500) return;
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      const all = walkable();
      choose(all[here?.isConnected ? all.indexOf(here) + (event.key === "j" ? 1 : -1) : 0], true);
    } else if (here?.matches(".item") && document.activeElement === here) {
      const press = (selector) => {
        const found = here.querySelector(selector);
        if (!found) return;
        event.preventDefault();
        found.click();
      };
      if (event.key === "Enter") press("button[name=nhan]");
      else if (event.key === "x") press("button[name=bo]");
      else if (event.key === "s") press(".decide a");
      else if (event.key === " ") press("input[name=muc]");
    }
  });

  paint();
  ticked();
  const asked = window.location.hash;
  if (/^#m\d+$/.test(asked) || /^#p\d+$/.test(asked)) choose(document.querySelector(asked), true);
  else if (/^#d\d+$/.test(asked)) choose(document.getElementById(`m${marked.items[asked.slice(2)]}`), true, asked.slice(2));
})();
