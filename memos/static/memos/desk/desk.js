// The desk: an editor's page whose texts save themselves. Without this module the page's buttons post its form.
//
// For other modules of the page: change(control), saveNow(), run(ops, cells, word), undo(), refresh(), and the events
// desk:saved {revision, answer}, desk:conflict {row, field, theirs, by}, desk:changed {changed, rows} on document
// (rows: true when the rows were drawn anew).

import { desk, form } from "./boxes.js";
import * as presence from "./presence.js";
import * as remarks from "./remarks.js";
import * as rows from "./rows.js";
import * as saving from "./saving.js";

export { change, run, saveNow } from "./saving.js";
export { refresh, undo } from "./rows.js";

function begin() {
  form().addEventListener("input", (event) => saving.change(event.target));
  form().addEventListener("change", (event) => saving.change(event.target));
  form().addEventListener("focusout", (event) => saving.isUnsaved() && saving.change(event.target));
  form().addEventListener("submit", leave);
  window.addEventListener("beforeunload", (event) => {
    if (saving.isUnsaved() || document.getElementById("desk-lost").children.length) event.preventDefault();
  });
  window.addEventListener("online", () => saving.saveNow());
  window.addEventListener("focus", () => saving.isUnsaved() && saving.saveNow());
  document.addEventListener("input", (event) => fit(event.target));
  document.addEventListener("desk:changed", fitAll);
  fitAll();
  saving.begin();
  rows.begin();
  presence.begin();
  remarks.begin();
}

// Boxes grow with their text; browsers that cannot do it by themselves are helped.
const grows = CSS.supports("field-sizing", "content");
function fit(box) {
  if (grows || !box.matches?.("textarea[data-autosize]") || box.scrollHeight === 0) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}
const fitAll = () => document.querySelectorAll("textarea[data-autosize]").forEach(fit);

/** The buttons of the bar save what is left and go where they lead; the form itself is not posted. */
async function leave(event) {
  event.preventDefault();
  const button = event.submitter;
  const saved = await saving.saveNow();
  const next = button?.dataset.next;
  if (saved && next) location.assign(next);
}

/** What such a page shows is not what is stored: it is a form to be sent again. */
function guard() {
  let sent = false;
  form().addEventListener("submit", () => (sent = true));
  window.addEventListener("beforeunload", (event) => {
    if (!sent) event.preventDefault();
  });
}

if (desk() && form()) (form().hasAttribute("data-unsaved") ? guard : begin)();
