// Lộ trình: a step is dragged to another quarter, or moved by the arrow keys; Shift moves only its end.
(() => {
  "use strict";
  const holder = document.getElementById("lo-trinh");
  if (!holder) return;
  let held = null;
  let busy = false;

  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"];
  const wide = (step) => step.closest(".road-row").querySelector(".road-lane").getBoundingClientRect().width;

  async function move(step, by, end) {
    if (!by || busy) return;
    busy = true;
    const body = new URLSearchParams({ quy: String(by), dau: end ? "cuoi" : "" });
    try {
      const answer = await fetch(step.dataset.url, { method: "POST", body, headers: { "X-CSRFToken": token(), "HX-Request": "true" } });
      const text = await answer.text();
      if (answer.ok || answer.status === 422 || answer.status === 403) {
        const scrolled = holder.querySelector(".road")?.scrollLeft ?? 0;
        // What comes back is our own page's part, made by the server with everything escaped.
        holder.replaceChildren(document.createRange().createContextualFragment(text));
        window.htmx?.process(holder);
        const road = holder.querySelector(".road");
        if (road) road.scrollLeft = scrolled;
        holder.querySelector(`[data-step="${road?.dataset.moved}"]`)?.focus();
      }
    } catch {
      step.style.transform = "";
      step.focus();
    } finally {
      busy = false;
    }
  }

  holder.addEventListener("keydown", (event) => {
    const step = event.target.closest("[data-road] .step");
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    move(step, by, event.shiftKey);
  });
  holder.addEventListener("pointerdown", (event) => {
    const step = event.target.closest("[data-road] .step");
    if (!step || event.button) return;
    held = { step, from: event.clientX, end: event.shiftKey };
    step.setPointerCapture(event.pointerId);
    step.classList.add("dragged");
  });
  holder.addEventListener("pointermove", (event) => {
    if (held) held.step.style.transform = `translateX(${event.clientX - held.from}px)`;
  });
  function release(event) {
    if (!held) return;
    const { step, from, end } = held;
    held = null;
    step.classList.remove("dragged");
    const by = event.type === "pointerup" ? Math.round((event.clientX - from) / wide(step)) : 0;
    if (!by) { step.style.transform = ""; return; }
    move(step, by, end);
  }
  holder.addEventListener("pointerup", release);
  holder.addEventListener("pointercancel", release);
})();
