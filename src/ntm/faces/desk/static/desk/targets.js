// Ô đơn vị × tiêu chí: a click or Space goes none -> phấn đấu -> duy trì -> none, saved at once, the margins with it.
(() => {
  "use strict";
  const english = document.documentElement.lang === "en";
  const say = english
    ? { gain: "to gain", keep: "to keep", none: "not in the plan", saving: "saving…", lost: "Connection lost: the cell is kept here and sent when the network is back.", over: "The session has ended. Sign in in another tab, then press the cell again.", failed: "Not saved. Try again." }
    : { gain: "phấn đấu đạt", keep: "duy trì", none: "không có trong kế hoạch", saving: "đang lưu…", lost: "Mất kết nối: ô còn trên trang này và sẽ được gửi khi có mạng.", over: "Phiên làm việc đã hết. Đăng nhập ở thẻ khác rồi bấm lại ô.", failed: "Chưa lưu được. Hãy thử lại." };
  const box = document.querySelector(".cells-table");
  if (!box) return;
  const table = box.querySelector("table");
  const line = document.querySelector("[data-said]");
  const told = JSON.parse(document.getElementById("cell-words")?.textContent ?? '{"usual":"","words":{}}');
  const heads = [...table.tHead.rows[0].cells];
  const at = new Map(heads.map((head, place) => [head.dataset.column, place]));
  const unsent = new Map(); // cell -> mode, while the network is away
  const saves = new Map(); // cell -> the save that is under way

  const place = (cell) => {
    const head = heads[cell.cellIndex];
    const key = cell.parentElement.dataset.key;
    return cell.tagName === "TD" && cell.closest("tbody") && /^\d+$/.test(head?.dataset.column ?? "") && key ? { unit: key, no: head.dataset.column } : null;
  };
  const mode = (cell) => (cell.classList.contains("pg") ? "gain" : cell.classList.contains("pk") ? "keep" : "");
  const words = ({ unit, no }) => told.words[`${unit}:${no}`] ?? told.usual;
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"];

  function show(cell, wanted) {
    cell.classList.remove("pg", "pk", "needless");
    if (wanted) cell.classList.add(wanted === "gain" ? "pg" : "pk");
    if (wanted === "gain" && cell.classList.contains("m")) cell.classList.add("needless");
    cell.textContent = cell.textContent.replace(/[+=]/g, "") + ({ gain: "+", keep: "=" }[wanted] ?? "");
    count(cell);
  }
  function count(cell) {
    const row = cell.parentElement;
    const marked = (css) => [...row.cells].filter((one) => one.classList.contains(css));
    const open = marked("pg").filter((one) => !one.classList.contains("m")).length;
    row.cells[at.get("gained")].textContent = marked("pg").length;
    row.cells[at.get("kept")].textContent = marked("pk").length;
    row.cells[at.get("expected")].textContent = Number(row.cells[at.get("met")].textContent) + open;
    for (const [key, css, sum] of [["gain", "pg", "gained"], ["keep", "pk", "kept"]]) {
      const foot = table.tFoot?.querySelector(`tr[data-key="${key}"]`);
      if (!foot) continue;
      foot.cells[cell.cellIndex].textContent = [...table.tBodies[0].rows].filter((one) => one.cells[cell.cellIndex].classList.contains(css)).length;
      foot.cells[at.get(sum)].textContent = table.tBodies[0].querySelectorAll(`.${css}`).length;
    }
  }
  function describe(cell, said = "") {
    const where = place(cell);
    if (!where) return;
    const state = { m: "✓", x: "✗", o: "·", s: "–" }[[...cell.classList].find((one) => "mxos".includes(one) && one.length === 1)] ?? "";
    const sign = document.querySelector(".cells-legend")?.children[{ "✓": 0, "✗": 1, "·": 2, "–": 3 }[state]]?.lastChild.textContent.trim() ?? "";
    const due = mode(cell) && words(where) ? ` · ${words(where)}` : "";
    line.textContent = `${cell.parentElement.cells[0].textContent.trim()} · ${where.no} ${heads[cell.cellIndex].title} · ${sign} · ${say[mode(cell) || "none"]}${due}${said ? ` · ${said}` : ""}`;
  }

  async function save(cell, wanted, before) {
    const where = place(cell);
    const due = words(where);
    const body = new URLSearchParams({ unit: where.unit, no: where.no, mode: wanted, words: wanted ? due : "", was: before ? `${before}|${due}` : "|" });
    let answer, found;
    try {
      answer = await fetch(box.dataset.save, { method: "POST", body, headers: { "X-CSRFToken": token(), "HX-Request": "true" } });
    } catch {
      unsent.set(cell, { wanted, before: unsent.get(cell)?.before ?? before });
      return describe(cell, say.lost);
    }
    try { found = await answer.json(); } catch { found = {}; }
    if (answer.ok) {
      describe(cell, found.due && wanted ? `${found.due} · ${found.said}` : found.said);
      document.body.dispatchEvent(new CustomEvent("cells-saved"));
    } else {
      if (answer.status === 409) told.words[`${where.unit}:${where.no}`] = found.words;
      show(cell, answer.status === 409 ? found.mode : before);
      describe(cell, answer.status === 401 ? say.over : found.sentence ?? say.failed);
    }
  }
  function turn(cell) {
    if (!box.dataset.save || !place(cell)) return;
    const before = mode(cell);
    const wanted = { "": "gain", gain: "keep", keep: "" }[before];
    show(cell, wanted);
    describe(cell, say.saving);
    const last = saves.get(cell) ?? Promise.resolve(); // one after the other: the last press is what stays
    saves.set(cell, last.then(() => save(cell, wanted, before)));
  }

  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.target.closest("a, button") || !place(cell)) return;
    if (event.detail === 0) return open(cell); // Enter: keyboard.js clicks the cell it stands on
    walkTo(cell);
    turn(cell);
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (event.key !== " " || !cell || event.target !== cell || !place(cell)) return;
    event.preventDefault();
    turn(cell);
  });
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td");
    if (cell) describe(cell);
  });
  function walkTo(cell) {
    table.querySelectorAll("[tabindex='0']").forEach((one) => { one.tabIndex = -1; });
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
  }
  function open(cell) {
    const where = place(cell);
    if (where && box.dataset.panel) window.ntm.openSide(box.dataset.panel.replace("ROW", where.unit).replace("COLUMN", where.no), cell);
  }
  window.addEventListener("online", () => {
    for (const [cell, { wanted, before }] of [...unsent]) {
      unsent.delete(cell);
      save(cell, wanted, before);
    }
  });
})();
