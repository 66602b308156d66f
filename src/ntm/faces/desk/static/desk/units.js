// Trang đơn vị: a criterion named in the address opens; one button opens all; paper shows why a criterion is not met.
(() => {
  "use strict";
  const all = () => [...document.querySelectorAll("details.criterion")];

  function named() {
    const found = window.location.hash.startsWith("#tc-") && document.querySelector(window.location.hash);
    if (found && found.matches("details")) found.open = true;
  }
  named();
  window.addEventListener("hashchange", named);

  const button = document.querySelector("[data-open-all]");
  if (button) {
    button.hidden = false;
    const open = button.textContent;
    const close = document.documentElement.lang === "en" ? "Close all" : "Đóng tất cả";
    button.addEventListener("click", () => {
      const opening = all().some((one) => !one.open);
      all().forEach((one) => { one.open = opening; });
      button.textContent = opening ? close : open;
    });
  }

  let before = [];
  window.addEventListener("beforeprint", () => {
    before = all().filter((one) => !one.open && one.matches(".not_met"));
    before.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => before.forEach((one) => { one.open = false; }));
})();
