// Kế hoạch: a section edited in place takes the focus, and "giữ nguyên" puts back what stood there. Without this file every
// pencil opens a page of its own.
(() => {
  "use strict";
  const before = new Map(); // id of a part -> how it stood before its form was opened
  document.addEventListener("htmx:beforeSwap", (event) => {
    const part = event.detail.target;
    if (part && part.matches(".plan-section:not(.editing)")) before.set(part.id, part.outerHTML);
  });
  document.addEventListener("htmx:afterSettle", () => {
    const form = document.querySelector(".plan-section.editing form");
    if (!form || form.hasAttribute("data-shown")) return;
    form.setAttribute("data-shown", "");
    const both = form.querySelector(".both-versions"); // another person saved meanwhile: that is to be read first
    if (both) {
      both.tabIndex = -1;
      form.setAttribute("data-typed", "");
      return both.focus();
    }
    (form.querySelector("textarea[name=text]") ?? form.querySelector("input:not([type=hidden])"))?.focus();
  });
  // --- words typed and not saved: the browser asks before the page is left ---------------------------------------------
  const typed = () => document.querySelector(".plan-section.editing form[data-typed]");
  document.addEventListener("input", (event) => event.target.closest(".plan-section.editing form")?.setAttribute("data-typed", ""));
  document.addEventListener("submit", (event) => event.target.removeAttribute("data-typed"));
  window.addEventListener("beforeunload", (event) => { if (typed()) event.preventDefault(); });

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".plan-section.editing [data-cancel]");
    if (!link) return;
    const part = link.closest(".plan-section");
    const stood = before.get(part.id);
    if (!stood) return;
    event.preventDefault();
    part.outerHTML = stood;
    const again = document.getElementById(part.id);
    window.htmx?.process(again);
    again.focus();
  });
})();
