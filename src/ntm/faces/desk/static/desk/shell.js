// Khung trang: menu, dialogs, the side panel, the connection. Every page works without this file; here it gets quicker.
(() => {
  "use strict";
  const side = document.getElementById("side");
  const inside = document.getElementById("side-content");
  const connection = document.getElementById("connection");
  let opener = null;

  // --- the panel beside a page -------------------------------------------------------------------------------------
  function openSide(url, from) {
    if (!window.htmx || !side) return false;
    opener = from;
    window.htmx.ajax("GET", url, { target: "#side-content", swap: "innerHTML" });
    return true;
  }
  function closeSide() {
    if (!side || side.hidden) return false;
    side.hidden = true;
    inside.replaceChildren();
    if (opener && opener.isConnected) opener.focus();
    opener = null;
    return true;
  }
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target !== inside) return;
    side.hidden = false;
    side.scrollTop = 0;
    inside.focus({ preventScroll: true });
  });

  // --- what drops down closes by a click elsewhere or Escape; on a phone the rooms stand open in one list -------------
  const phone = window.matchMedia("(max-width: 48rem)");
  const dropped = () => (phone.matches ? "details[data-drop]:not([data-rooms])[open]" : "details[data-drop][open]");
  function lay() {
    document.querySelectorAll("details[data-rooms]").forEach((group) => { group.open = phone.matches; });
  }
  phone.addEventListener("change", lay);
  lay();

  // --- where tabs are wider than the window, the present one is seen ------------------------------------------------
  document.querySelectorAll(".tabs").forEach((tabs) => {
    const here = tabs.querySelector("[aria-current]");
    if (here) tabs.scrollLeft += here.getBoundingClientRect().right - tabs.getBoundingClientRect().right + 40;
  });

  // --- clicks, one listener ----------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    const at = (selector) => event.target.closest(selector);
    let found;
    if ((found = at("a[data-side]")) && plain && openSide(found.href, found)) event.preventDefault();
    else if (at("[data-close-side]")) closeSide();
    else if ((found = at("[data-open-dialog]"))) document.getElementById(found.dataset.openDialog)?.showModal();
    else if ((found = at("[data-close-dialog]"))) found.closest("dialog").close();
    else if (at("[data-keys]")) document.getElementById("keys").showModal();
    else if ((found = at("[data-menu]"))) {
      const open = document.getElementById("rooms").classList.toggle("open");
      found.setAttribute("aria-expanded", String(open));
    } else if ((found = at("[data-print]"))) {
      document.documentElement.classList.toggle("paper-a3", found.dataset.print === "a3");
      window.print();
    }
    document.querySelectorAll(dropped()).forEach((drop) => {
      if (!drop.contains(event.target)) drop.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    const drop = document.querySelector(dropped());
    if (drop) {
      drop.open = false;
      drop.querySelector("summary").focus();
    } else closeSide();
  });

  // --- forms: a choice in a filter sends it; the day is rewritten as the address carries it -------------------------
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-day-form]")) return;
    const field = event.target.querySelector("[name=ngay]");
    const parts = field.value.trim().match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/);
    if (!parts) return; // the server says what is wrong
    event.preventDefault();
    const address = new URL(window.location.href);
    address.searchParams.set("ngay", `${parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}`);
    window.location.assign(address);
  });

  // --- the token of the present session: signing in again in another tab changes it, and an old page must still send ----
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  document.addEventListener("htmx:configRequest", (event) => {
    if (token()) event.detail.headers["X-CSRFToken"] = token();
  });
  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector("input[name=csrfmiddlewaretoken]");
    if (field && token()) field.value = token();
  }, true);

  // --- the connection: what was typed stays; say so, and try again ---------------------------------------------------
  const waiting = new Map(); // element -> what to send again
  const words = document.documentElement.lang === "en"
    ? { lost: "Connection lost. What was typed is still on this page; it will be sent when the network is back.", back: "Connected again; everything typed has been sent.", failed: "The server could not do this. Nothing was recorded; try again." }
    : { lost: "Mất kết nối. Những gì đã gõ vẫn còn trên trang này và sẽ được gửi khi có mạng.", back: "Đã có mạng lại; mọi số liệu đã gõ đều đã gửi.", failed: "Máy chủ chưa làm được việc này. Chưa có gì được ghi; hãy thử lại." };
  function tell(sentence, back) {
    const line = document.createElement("p");
    line.textContent = sentence;
    connection.replaceChildren(line);
    connection.classList.toggle("back", Boolean(back));
    connection.hidden = false;
    if (back) setTimeout(() => { connection.hidden = true; }, 5000);
  }
  document.addEventListener("htmx:sendError", (event) => {
    const from = event.detail.elt;
    if (from && from.matches("input, select, textarea, form, [hx-post]")) waiting.set(from, true);
    tell(words.lost);
  });
  document.addEventListener("htmx:timeout", () => tell(words.lost));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) {
      connection.innerHTML = event.detail.xhr.responseText;
      connection.classList.remove("back");
      connection.hidden = false;
    } else tell(words.failed);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr?.status) waiting.delete(event.detail.elt); // answered, be it by a refusal
    if (!event.detail.successful) return;
    if (!connection.hidden && !connection.classList.contains("back") && waiting.size === 0) tell(words.back, true);
  });
  function again() {
    for (const from of waiting.keys()) {
      if (!from.isConnected) waiting.delete(from);
      else window.htmx.trigger(from, from.matches("form") ? "submit" : "change");
    }
  }
  window.addEventListener("online", again);
  setInterval(() => { if (waiting.size && navigator.onLine) again(); }, 15000);
  window.addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });

  window.ntm = { openSide, closeSide };
})();
