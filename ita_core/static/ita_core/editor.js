// Comforts of pages that save by a button: boxes as tall as their text, a warning before unsaved text is left, and
// nothing typed is lost when the answer is not the page (logged out, no network, refused). Pages work without all of it.
// A report's own pages save themselves: memos/static/memos/desk.
"use strict";

(() => {
  let unsaved = false;
  // While a save is under way: what is typed meanwhile, by the boxes' ids, and the button pressed meanwhile.
  let underWay = false;
  let typedMeanwhile = new Map();
  let pressedMeanwhile = "";

  const form = () => document.getElementById("editor-form");
  const grows = CSS.supports("field-sizing", "content");

  function fit(box) {
    if (grows || box.scrollHeight === 0) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }
  const fitAll = () => document.querySelectorAll("textarea[data-autosize]").forEach(fit);

  function mark(state) {
    unsaved = state;
    const sign = document.querySelector("[data-unsaved-mark]");
    if (sign) sign.hidden = !state;
  }

  function trouble(kind) {
    const box = document.getElementById("editor-trouble");
    if (!box) return;
    box.hidden = !kind;
    box.textContent = kind ? box.dataset[kind] : "";
  }

  function arrived() {
    underWay = false;
    mark(Boolean(form()?.hasAttribute("data-unsaved")));
    typedMeanwhile.forEach((value, id) => {
      const box = document.getElementById(id);
      if (!box || box.value === value) return;
      box.value = value;
      mark(true);
    });
    typedMeanwhile = new Map();
    fitAll();
    const button = form()?.querySelector(`button[value="${pressedMeanwhile}"]`);
    pressedMeanwhile = "";
    if (button && unsaved) form().requestSubmit(button);
  }

  // The answer was no page of the editor: the form stands as it was.
  function stayed() {
    underWay = false;
    typedMeanwhile = new Map();
    pressedMeanwhile = "";
  }

  document.addEventListener("DOMContentLoaded", arrived);
  document.addEventListener("input", (event) => {
    if (!event.target.closest("#editor-form")) return;
    if (event.target.matches("textarea[data-autosize]")) fit(event.target);
    if (underWay && event.target.id) typedMeanwhile.set(event.target.id, event.target.value);
    mark(true);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id === "editor-form" && !window.htmx) unsaved = false;
  });
  // Only the buttons of the bar are pressed again after the answer: rows may stand elsewhere by then.
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "editor-form" || !underWay) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = event.submitter?.value ?? "save";
    pressedMeanwhile = ["save", "next", "check"].includes(pressed) ? pressed : "";
  }, true);
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  // Logging in again in another window changes the token: send the one that the browser has now.
  document.addEventListener("htmx:configRequest", (event) => {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (!found) return;
    event.detail.headers["X-CSRFToken"] = found[1];
    const data = event.detail.formData;
    if (data && data.has("csrfmiddlewaretoken")) data.set("csrfmiddlewaretoken", found[1]);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    trouble("");
    if (event.detail.elt.id !== "editor-form") return;
    underWay = true;
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Redirect")) unsaved = false;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "editor" || !event.detail.shouldSwap) return;
    if (!event.detail.serverResponse.includes('id="editor"')) {
      event.detail.shouldSwap = false;
      stayed();
      trouble("session");
    }
  });
  document.addEventListener("htmx:responseError", () => {
    stayed();
    trouble("refused");
  });
  document.addEventListener("htmx:sendError", () => {
    stayed();
    trouble("offline");
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "editor" || event.target.closest?.("#editor")) arrived();
  });
})();
