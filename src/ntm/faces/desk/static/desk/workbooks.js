// Bảng tính: a file dropped on the frame is sent like a chosen one; reading says so. Without this file the form works alone.
(() => {
  "use strict";
  const form = document.querySelector("[data-workbook-drop]");
  if (!form) return;
  const field = form.querySelector("input[type=file]");
  const said = form.querySelector("[data-reading]");

  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault(); // a file dropped beside must not replace the page
      const inside = form.contains(event.target);
      form.classList.toggle("dropping", inside && name === "dragover");
      if (name !== "drop" || !inside || !event.dataTransfer.files.length) return;
      field.files = event.dataTransfer.files;
      form.requestSubmit();
    });
  }

  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault(); // sent once
    form.dataset.sent = "yes";
    said.textContent = said.dataset.reading;
    form.querySelector("button").setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => { // back from the result: ready for another
    delete form.dataset.sent;
    said.textContent = "";
    form.querySelector("button").removeAttribute("aria-disabled");
  });
})();
