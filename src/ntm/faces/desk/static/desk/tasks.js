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
