// Thẩm tra: arrows choose a figure, its evidence opens beside; n accepts, s another value, t gives back. Links and forms do the same.
(() => {
  "use strict";
  const list = document.querySelector("[data-verify]");
  const beside = document.getElementById("beside");
  if (!list || !window.htmx) return;
  const rows = () => [...list.tBodies[0].rows];
  const waiting = (row) => !row.classList.contains("decided");
  let here = null;

  function choose(row, focus) {
    if (!row) return;
    here?.classList.remove("here");
    here = row;
    row.classList.add("here");
    const link = row.querySelector("[data-look]");
    if (focus) link.focus();
    row.scrollIntoView({ block: "nearest" });
  }
  function look(row) {
    choose(row, true);
    window.htmx.trigger(row.querySelector("[data-look]"), "click");
  }
  function next(from, by) {
    const all = rows();
    let place = (from ? all.indexOf(from) : by > 0 ? -1 : all.length) + by;
    while (all[place] && !waiting(all[place])) place += by;
    return all[place];
  }

  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-look]");
    if (link) choose(link.closest("tr"));
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const link = event.target.closest?.("[data-look]");
    if (link && window.matchMedia("(max-width: 64rem)").matches) beside.scrollIntoView();
  });

  // A decided row stays, greyed; the next one that waits is opened.
  document.addEventListener("htmx:afterSwap", () => {
    for (const done of list.querySelectorAll("[data-done]")) {
      const row = done.closest("tr");
      if (!waiting(row)) continue;
      row.classList.add("decided");
      const following = next(row, 1) ?? next(null, 1);
      if (following) look(following);
      else {
        here = null;
        beside.replaceChildren();
        const line = document.createElement("p");
        line.textContent = document.documentElement.lang === "en" ? "Everything here has been looked at." : "Đã xem hết số liệu của đơn vị này.";
        beside.append(line);
      }
    }
  });
  // A refusal comes as the figure's own panel: it belongs beside, not into the row.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status < 400 || !event.detail.target.matches(".decide")) return;
    event.detail.target = beside;
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.matches("input, select, textarea")) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const row = next(here, event.key === "ArrowDown" ? 1 : -1);
      if (!row) return;
      event.preventDefault();
      look(row);
    } else if (event.key === "n" && here && waiting(here)) {
      event.preventDefault();
      here.querySelector("[data-accept]").requestSubmit();
    } else if ((event.key === "s" || event.key === "t") && here) {
      const part = beside.querySelector(event.key === "s" ? "[data-other]" : "[data-return]");
      if (!part) return;
      event.preventDefault();
      part.open = true;
      part.querySelector("input:not([type=hidden]), select, textarea").focus();
    }
  });

  if (window.matchMedia("(min-width: 64rem)").matches) {
    const first = next(null, 1);
    if (first) { choose(first); window.htmx.ajax("GET", first.querySelector("[data-look]").href, { target: "#beside", swap: "innerHTML" }); }
  }
})();
