// Phím tắt: "/" search, "g" then a letter to go, "?" shows them, arrows through the cells of a table.
(() => {
  "use strict";
  let going = 0;

  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const target = event.target;
    if (arrows(event, target)) return;
    if (typing(target)) return;
    if (event.key === "/") {
      const search = document.querySelector("[data-search]");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    } else if (event.key === "?") {
      event.preventDefault();
      document.getElementById("keys").showModal();
    } else if (Date.now() - going < 1500 && /^[a-z]$/i.test(event.key)) {
      going = 0;
      const door = document.querySelector(`[data-go="${event.key.toLowerCase()}"]`);
      if (door) {
        event.preventDefault();
        door.click();
      }
    } else if (event.key === "g") {
      going = Date.now();
    }
  });

  // Cells of a read-only table: one stop for Tab, then arrows; Enter opens what the cell opens.
  function arrows(event, target) {
    const cell = target.closest(".table:not(.sheet) td, .table:not(.sheet) tbody th, .table:not(.sheet) tfoot th");
    if (!cell || typing(target)) return false;
    const table = cell.closest("table");
    if (!table.matches("[data-walk]")) return false;
    if (event.key === "Enter" && target === cell) {
      const link = cell.querySelector("a");
      if (link) link.click();
      else cell.click();
      return true;
    }
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step) return false;
    const rows = [...table.querySelectorAll("tbody tr, tfoot tr")].filter((row) => !row.hidden);
    let row = rows.indexOf(cell.parentElement) + step[0];
    let column = cell.cellIndex + step[1];
    const next = rows[row]?.cells[column];
    const seen = step[1] ? skip(rows[row], column, step[1]) : next;
    if (seen) {
      event.preventDefault();
      cell.tabIndex = -1;
      seen.tabIndex = 0;
      seen.focus();
      reveal(seen);
    }
    return true;
  }
  function skip(row, column, by) {
    while (row?.cells[column]?.hidden) column += by;
    return row?.cells[column];
  }
  // The frozen head and first column must not cover the cell that is walked to.
  function reveal(cell) {
    const frame = cell.closest(".table-frame");
    if (!frame || cell.cellIndex === 0) return;
    const first = cell.parentElement.cells[0].getBoundingClientRect();
    const head = frame.querySelector("thead").getBoundingClientRect();
    const here = cell.getBoundingClientRect();
    if (here.left < first.right) frame.scrollLeft -= first.right - here.left + 4;
    if (here.top < head.bottom) frame.scrollTop -= head.bottom - here.top + 4;
  }
})();
