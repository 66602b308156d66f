// Bảng: sort by a column, filter by words, choose columns (kept for the person on this machine), copy to Excel.
(() => {
  "use strict";
  const folded = new WeakMap();

  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const english = document.documentElement.lang === "en";

  function ready(block) {
    if (block.dataset.ready) return;
    block.dataset.ready = "1";
    const table = block.querySelector("table");
    const first = table.querySelector("tbody td, tbody th");
    if (first && table.matches("[data-walk]")) first.tabIndex = 0;
    block.querySelectorAll(".table-tools [hidden]").forEach((tool) => { tool.hidden = false; });
    restore(block, table);
  }

  // --- sort ---------------------------------------------------------------------------------------------------------
  function key(cell, numeric) {
    const given = cell.dataset.sort ?? cell.textContent.trim();
    if (!numeric) return given;
    if (cell.dataset.sort !== undefined) return given === "" ? null : Number(given);
    const figure = given.match(/^[-−]?[\d.]+(,\d+)?/); // a mark may stand behind the figure
    return figure ? Number(figure[0].replace(/\./g, "").replace(",", ".").replace("−", "-")) : null;
  }
  function sort(button) {
    const head = button.closest("th");
    const table = head.closest("table");
    const down = head.getAttribute("aria-sort") === "ascending";
    const numeric = head.dataset.kind === "n";
    const column = head.cellIndex;
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row, place) => ({ row, place, key: key(row.cells[column], numeric) }));
    const order = new Intl.Collator("vi", { numeric: true });
    rows.sort((a, b) => {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.place - b.place; // no figure: always last
      const way = numeric ? a.key - b.key : order.compare(a.key, b.key);
      return (down ? -way : way) || a.place - b.place;
    });
    table.querySelectorAll("thead th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows.map((entry) => entry.row));
  }

  // --- filter -------------------------------------------------------------------------------------------------------
  function filter(field) {
    const block = field.closest("[data-table]");
    const asked = fold(field.value.trim()).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of block.querySelector("tbody").rows) {
      if (!folded.has(row)) folded.set(row, fold(row.cells[0].textContent + " " + (row.dataset.words ?? "")));
      row.hidden = !asked.every((word) => folded.get(row).includes(word));
      if (!row.hidden) shown += 1;
    }
    const all = block.querySelector("tbody").rows.length;
    const said = block.querySelector(".said");
    if (said) said.textContent = asked.length ? (english ? `${shown} of ${all} rows` : `${shown} trên ${all} dòng`) : said.dataset.all;
  }

  // --- columns ------------------------------------------------------------------------------------------------------
  const kept = (block) => `ntm.columns.${block.dataset.table}`;
  function show(block, name, visible) {
    block.querySelectorAll(`thead th[data-column="${name}"]`).forEach((head) => {
      const column = head.cellIndex;
      for (const row of block.querySelector("table").rows) if (row.cells[column]) row.cells[column].hidden = !visible;
    });
  }
  function restore(block) {
    let hidden = [];
    try { hidden = JSON.parse(localStorage.getItem(kept(block)) ?? "[]"); } catch { hidden = []; }
    for (const box of block.querySelectorAll(".column-choice input")) {
      box.checked = !hidden.includes(box.value);
      if (!box.checked) show(block, box.value, false);
    }
  }
  function choose(box) {
    const block = box.closest("[data-table]");
    show(block, box.value, box.checked);
    const hidden = [...block.querySelectorAll(".column-choice input")].filter((other) => !other.checked).map((other) => other.value);
    try { localStorage.setItem(kept(block), JSON.stringify(hidden)); } catch { /* private window: the choice lasts for the page */ }
  }

  // --- copy ---------------------------------------------------------------------------------------------------------
  async function copy(button) {
    const table = button.closest("[data-table]").querySelector("table");
    const lines = [...table.rows].filter((row) => !row.hidden).map((row) =>
      [...row.cells].filter((cell) => !cell.hidden).map(plain).join("\t"));
    const said = button.closest("[data-table]").querySelector(".said");
    try {
      await navigator.clipboard.writeText(lines.join("\r\n"));
      said.textContent = english ? "Copied. Open Excel and paste." : "Đã chép. Mở Excel và dán (Ctrl+V).";
    } catch {
      said.textContent = english ? "The browser refused to copy; download the table instead." : "Trình duyệt không cho chép; hãy tải bảng về.";
    }
  }
  function plain(cell) {
    const bare = cell.cloneNode(true);
    bare.querySelectorAll(".mark, .unseen").forEach((mark) => mark.remove());
    const text = bare.textContent.replace(/\s+/g, " ").trim();
    return /^[=+@]/.test(text) || /^-\D/.test(text) ? "'" + text : text; // words never become a formula
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".table thead button");
    if (button) return sort(button);
    const copier = event.target.closest("[data-copy]");
    if (copier && copier.tagName === "BUTTON") return void copy(copier);
    // A cell that opens: its address is the row's and the column's, so that four thousand cells stay light.
    const cell = event.target.closest("td[data-open], table[data-cell-url] td");
    if (!cell || event.target.closest("a, button, input")) return;
    const table = cell.closest("table");
    const pattern = table.dataset.cellUrl;
    const row = cell.parentElement.dataset.key;
    const column = table.querySelector("thead tr:last-child")?.cells[cell.cellIndex]?.dataset.column;
    if (!pattern || !row || !column || !table.querySelector(`thead th[data-column="${column}"][data-opens]`)) return;
    cell.tabIndex = 0;
    window.ntm.openSide(pattern.replace("ROW", encodeURIComponent(row)).replace("COLUMN", encodeURIComponent(column)), cell);
  });
  document.addEventListener("input", (event) => { if (event.target.matches("[data-filter]")) filter(event.target); });
  document.addEventListener("change", (event) => { if (event.target.matches(".column-choice input")) choose(event.target); });

  const all = (root) => root.querySelectorAll("[data-table]").forEach(ready);
  all(document);
  document.addEventListener("htmx:afterSettle", (event) => all(event.target));
})();
