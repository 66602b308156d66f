// Khoá truy cập: what went wrong with a key is said on the page, above the button that was pressed.
(() => {
  "use strict";
  const said = document.getElementById("passkey-said");
  const words = {
    NotAllowedError: said.dataset.refused,
    AbortError: said.dataset.refused,
    InvalidStateError: said.dataset.known,
    SecurityError: said.dataset.address,
  };
  let pressed = null;
  document.addEventListener("click", (event) => { pressed = event.target.closest("button") || pressed; }, true);
  // Enter in the name of a key would send the form before there is a key: it presses the button instead.
  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector("input[name=credential]");
    if (!field || (field.value && field.value !== "null")) return;
    event.preventDefault();
    event.target.querySelector("#mfa_webauthn_add")?.click();
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const line = document.createElement("p");
    line.textContent = window.isSecureContext
      ? words[event.detail.exception?.name] || said.dataset.unable
      : said.dataset.address;
    said.replaceChildren(line);
    const actions = pressed?.closest(".actions");
    if (actions) actions.before(said);
    said.hidden = false;
  });
})();
