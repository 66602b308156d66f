// Bảng nhập: one key for đạt / chưa đạt / không xét, files dropped on a row, the send dialog. Without this file the sheet is a form.
(() => {
  "use strict";
  const sheet = document.querySelector(".entry-sheet");
  if (!sheet) return;

  // --- yes and no by one key; arrows walk instead of changing what was chosen ----------------------------------------
  const KEYS = { d: "đạt", "đ": "đạt", c: "chưa đạt", k: "không xét", Delete: "", Backspace: "" };
  function step(field, by) {
    const cell = field.closest("td");
    let row = cell.parentElement;
    do row = by > 0 ? row.nextElementSibling : row.previousElementSibling;
    while (row && (row.hidden || !row.cells[cell.cellIndex]?.querySelector("input:not([type=hidden]), select")));
    const next = row?.cells[cell.cellIndex].querySelector("input:not([type=hidden]), select");
    if (!next) return;
    next.focus();
    if (next.select) next.select();
  }
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches?.(".entry-sheet select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      event.stopPropagation();
      step(field, event.key === "ArrowDown" ? 1 : -1);
      return;
    }
    const word = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (word === undefined) return;
    event.preventDefault();
    if (field.value === word) return;
    field.value = word;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }, true);

  // --- what was wrong with a cell is tied to it ----------------------------------------------------------------------
  document.addEventListener("htmx:afterSettle", () => {
    for (const field of sheet.querySelectorAll("[aria-describedby^='s-']")) {
      const wrong = document.getElementById(field.getAttribute("aria-describedby"))?.classList.contains("wrong");
      if (wrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  });

  // --- two people on one figure: take the other's, or keep one's own -------------------------------------------------
  document.addEventListener("click", (event) => {
    const put = event.target.closest("[data-put]");
    const again = event.target.closest("[data-again]");
    const button = put ?? again;
    if (!button) return;
    const row = button.closest("tr");
    const field = row.querySelector(".typed input:not([type=hidden]), .typed select");
    if (put) field.value = put.dataset.put;
    window.htmx.trigger(row, "change");
    field.focus();
  });

  // --- which rows are shown ------------------------------------------------------------------------------------------
  const only = document.querySelector("[data-show-only]");
  if (only) {
    only.closest("[hidden]").hidden = false;
    only.addEventListener("change", (event) => {
      event.stopPropagation();
      for (const row of sheet.tBodies[0].rows) {
        if (row.classList.contains("criterion")) continue;
        row.hidden = only.value !== "" && !row.dataset.state.split(" ").includes(only.value);
      }
      let shown = false;
      for (const row of [...sheet.tBodies[0].rows].reverse()) {
        if (row.classList.contains("criterion")) { row.hidden = !shown; shown = false; }
        else shown = shown || !row.hidden;
      }
    });
  }

  // --- files: one picker for all rows (a phone offers its camera), or dropped on a row or on the panel's drop zone -------------------------------------------------------
  const picker = document.getElementById("attach-file");
  let picking = null;
  function attach(row, files) {
    const code = row.dataset.code;
    window.htmx.ajax("POST", `${picker.dataset.base}${encodeURIComponent(code)}/${picker.dataset.query}`, {
      source: picker, target: row.querySelector(".saved"), swap: "outerHTML", values: { tep: [...files] },
    });
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-attach]");
    if (!button) return;
    picking = button.closest("tr");
    picker.value = "";
    picker.click();
  });
  picker?.addEventListener("change", () => { if (picking && picker.files.length) attach(picking, picker.files); });
  const place = (target) => target.closest?.("[data-drop-zone], .entry-sheet tr[data-code]");
  const files = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      if (!files(event)) return;
      const where = place(event.target);
      event.preventDefault(); // a file dropped beside must not replace the page
      document.querySelectorAll(".dropping").forEach((other) => { if (other !== where || name !== "dragover") other.classList.remove("dropping"); });
      if (!where) return;
      if (name === "dragover") where.classList.add("dropping");
      if (name !== "drop") return;
      if (!where.matches("[data-drop-zone]")) return void (where.querySelector("[data-attach]") && attach(where, event.dataTransfer.files));
      where.querySelector("input[type=file]").files = event.dataTransfer.files;
      where.requestSubmit();
    });
  }

  // --- sending: the confirm page comes as a dialog -------------------------------------------------------------------
  const dialog = document.getElementById("send-dialog");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-send]");
    if (!link || event.ctrlKey || event.metaKey || !window.htmx) return;
    event.preventDefault();
    window.htmx.ajax("GET", link.href, { target: "#send-content", swap: "innerHTML" }).then(() => dialog.showModal());
  });
})();
