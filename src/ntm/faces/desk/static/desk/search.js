// Tìm kiếm: arrows walk through the answers, as in a list; Enter opens as any link does.
(() => {
  "use strict";
  const links = [...document.querySelectorAll("[data-found] a")];
  document.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = links.indexOf(document.activeElement);
    const fromField = document.activeElement?.matches("[type=search]");
    if (here < 0 && !(fromField && event.key === "ArrowDown")) return;
    const next = links[here + (event.key === "ArrowDown" ? 1 : -1)];
    event.preventDefault();
    (next || (here === 0 ? document.getElementById("again") : null))?.focus();
  });
})();
