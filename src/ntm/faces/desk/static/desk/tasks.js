// Nhiệm vụ: a field may hold several bodies ("A; B"); the suggestions complete the last one. Without this file one types on.
(() => {
  "use strict";
  const list = document.getElementById("directory");
  if (!list) return;
  const names = [...list.options].map((option) => option.value);
  function offer(field) {
    const cut = Math.max(field.value.lastIndexOf(";"), field.value.lastIndexOf(","));
    const before = cut < 0 ? "" : `${field.value.slice(0, cut + 1)} `;
    list.replaceChildren(...names.map((name) => {
      const option = document.createElement("option");
      option.value = before + name;
      return option;
    }));
  }
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-bodies]")) offer(event.target);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-bodies]")) offer(event.target);
  });
})();

// Đơn vị để chọn: typed without marks it finds; a group's own name shows all of the group. Without this file the list is whole.
(() => {
  "use strict";
  const box = document.querySelector("[data-choices]");
  const search = box && box.querySelector("[data-choices-search]");
  if (!search) return;
  const fold = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase().replace(/\s+/g, " ").trim();
  const field = search.querySelector("input");
  const told = search.querySelector("[role=status]");
  const groups = [...box.querySelectorAll(".choice-group")].map((group) => ({
    group,
    words: fold(group.dataset.words || ""),
    rows: [...group.querySelectorAll("li")].map((row) => ({ row, words: fold(row.textContent), tick: row.querySelector("input") })),
  }));
  function show() {
    const wanted = fold(field.value);
    let shown = 0;
    for (const one of groups) {
      const whole = wanted && one.words.includes(wanted);
      let here = 0;
      for (const line of one.rows) {
        const fits = !wanted || whole || line.words.includes(wanted) || line.tick.checked;
        line.row.hidden = !fits;
        here += fits ? 1 : 0;
      }
      one.group.hidden = here === 0;
      if (wanted) one.group.open = here > 0;
      shown += here;
    }
    const picked = box.querySelectorAll("input[type=checkbox]:checked").length;
    told.textContent = `${shown} ${told.dataset.shown}, ${picked} ${told.dataset.picked}`;
  }
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  box.addEventListener("change", show);
  search.hidden = false;
  show();
})();

// A refusal inside a form far down the page is brought to the eye, and read out.
(() => {
  "use strict";
  const said = document.querySelector("main form .notice-stop, main details .notice-stop, main section .notice-stop");
  if (!said) return;
  said.setAttribute("tabindex", "-1");
  said.focus({ preventScroll: true });
  said.scrollIntoView({ block: "center" });
})();
