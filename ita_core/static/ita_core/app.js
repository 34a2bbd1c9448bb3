// What every page shares; pages work without it.
"use strict";

// A menu closes on Escape and when the focus or a click goes elsewhere.
function closeMenus(except) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The menu is a strip on a telephone: the page's own entry, and the one that the keyboard comes to, are whole in sight.
// A pointer's focus moves nothing: between press and release the entry would slip from under it.
function bringIntoStrip(entry) {
  const strip = entry?.closest("ul");
  if (strip) strip.scrollLeft = entry.offsetLeft - strip.offsetLeft - (strip.clientWidth - entry.offsetWidth) / 2;
}
document.addEventListener("DOMContentLoaded", () => bringIntoStrip(document.querySelector(".site-nav [aria-current]")));
document.addEventListener("focusin", ({ target }) => target.matches(":focus-visible") && bringIntoStrip(target.closest(".site-nav a")));

// A page that comes back with faults is read from the fault on.
function focusFault(root) {
  const fault = root.querySelector("[data-focus]");
  if (fault) fault.focus();
}
document.addEventListener("DOMContentLoaded", () => focusFault(document));
document.addEventListener("htmx:afterSettle", (event) => focusFault(event.target));

// A part that is drawn anew under the focus keeps it, at least as a whole. Elements with an id are kept by htmx itself.
// What is asked for again and again is drawn only when it says something else: nothing unfolded closes, nothing is read out twice.
let focusWithin = "";
const told = (part) => `${part.textContent.replace(/\s+/g, " ")} ${part.querySelectorAll("img, a, button").length}`;
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, serverResponse } = event.detail;
  focusWithin = target.contains(document.activeElement) ? target.id : "";
  if (!target.matches("[hx-trigger^=every]")) return;
  const fresh = new DOMParser().parseFromString(serverResponse, "text/html").getElementById(target.id);
  if (fresh?.matches("[hx-trigger^=every]") && told(fresh) === told(target)) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:afterSettle", () => {
  const part = document.activeElement === document.body && focusWithin && document.getElementById(focusWithin);
  if (!part) return;
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
});

// A second press while the first is on its way must not decide twice. A pressed button's name and value belong to
// the form data, so the form is only marked, never its button disabled.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (!form.hasAttribute("hx-post") && form.method === "post" && form.target !== "_blank") {
    // A document is downloaded without leaving the page: let it be asked for again.
    window.setTimeout(() => {
      if (!event.defaultPrevented) form.dataset.sent = "1";
    });
    window.setTimeout(() => delete form.dataset.sent, 8000);
  }
}, true);
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// A text that is ready to be pasted elsewhere. Without a clipboard (no HTTPS) the old way copies what is selected.
async function copyText(box) {
  box.focus();
  box.select();
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(box.value);
    return true;
  }
  return document.execCommand("copy");
}
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-copies]").forEach((button) => { button.hidden = false; });
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const said = document.getElementById(`${button.dataset.copies}-copied`);
  const copied = await copyText(document.getElementById(button.dataset.copies)).catch(() => false);
  if (copied && said) said.textContent = button.dataset.done;
});

// Folded parts are words too: on paper they are open. print.css does the same where a browser knows how.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("main details:not([open])").forEach((part) => {
    part.open = true;
    part.dataset.opened = "";
  });
});
window.addEventListener("afterprint", () => {
  document.querySelectorAll("details[data-opened]").forEach((part) => {
    part.open = false;
    delete part.dataset.opened;
  });
});
