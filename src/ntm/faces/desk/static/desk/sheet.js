// Nhập như bảng tính: arrows, Enter and Shift+Enter go from cell to cell; Esc gives back what was there.
(() => {
  "use strict";
  const fields = "input:not([type=hidden], [type=file], :disabled), select:not(:disabled), textarea:not(:disabled)";

  const place = (field) => {
    const cell = field.closest("td, th");
    return { row: cell.parentElement, column: cell.cellIndex };
  };
  function move(field, rows, columns) {
    const { row, column } = place(field);
    if (rows) {
      let next = row;
      do next = rows > 0 ? next.nextElementSibling : next.previousElementSibling;
      while (next && (next.hidden || !next.cells[column]?.querySelector(fields)));
      return next?.cells[column].querySelector(fields);
    }
    let next = column + columns;
    while (row.cells[next] && !row.cells[next].querySelector(fields)) next += columns;
    return row.cells[next]?.querySelector(fields);
  }
  function edge(field, key) {
    if (field.tagName === "SELECT") return true;
    if (typeof field.selectionStart !== "number") return true;
    if (field.selectionStart === 0 && field.selectionEnd === field.value.length) return true;
    return key === "ArrowLeft" ? field.selectionEnd === 0 : field.selectionStart === field.value.length;
  }

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches?.(".sheet input, .sheet select, .sheet textarea") || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const tall = field.tagName === "TEXTAREA";
    let next = null;
    if (event.key === "Enter" && !tall) next = move(field, event.shiftKey ? -1 : 1, 0) ?? field;
    else if (event.key === "ArrowDown" && !tall && field.tagName !== "SELECT") next = move(field, 1, 0);
    else if (event.key === "ArrowUp" && !tall && field.tagName !== "SELECT") next = move(field, -1, 0);
    else if (event.key === "ArrowRight" && !tall && edge(field, event.key)) next = move(field, 0, 1);
    else if (event.key === "ArrowLeft" && !tall && edge(field, event.key)) next = move(field, 0, -1);
    else if (event.key === "Escape" && field.defaultValue !== undefined && field.value !== field.defaultValue) {
      field.value = field.defaultValue;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (!next) return;
    event.preventDefault();
    if (next === field) field.blur();
    next.focus();
    if (next.select && next !== field) next.select();
  });

  // A column copied from Excel falls into the cells below, one line each.
  document.addEventListener("paste", (event) => {
    const field = event.target;
    if (!field.matches?.(".sheet input")) return;
    const lines = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n+$/, "").split("\n");
    if (lines.length < 2 && !lines[0].includes("\t")) return;
    event.preventDefault();
    let down = field;
    for (const line of lines) {
      let across = down;
      for (const value of line.split("\t")) {
        if (!across) break;
        across.value = value.trim();
        across.dispatchEvent(new Event("input", { bubbles: true }));
        across.dispatchEvent(new Event("change", { bubbles: true }));
        across = move(across, 0, 1);
      }
      down = down && move(down, 1, 0);
      if (!down) break;
    }
  });
})();
