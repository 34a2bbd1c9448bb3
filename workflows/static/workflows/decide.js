// Ready words as buttons; without this script they are a list of the form.
"use strict";

document.querySelectorAll(".with-script").forEach((part) => { part.hidden = false; });
document.querySelectorAll(".without-script").forEach((part) => {
  // Chosen words go to the opinion itself, so that they are not said twice.
  const list = part.querySelector("select");
  const opinion = document.getElementById("opinion");
  if (list.value && !opinion.value.includes(list.value)) opinion.value = [list.value, opinion.value].filter(Boolean).join("\n");
  list.value = "";
  part.hidden = true;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fills]");
  if (!button) return;
  const field = document.getElementById(button.dataset.fills);
  const typed = field.value.trim();
  if (!typed.includes(button.dataset.text)) field.value = typed ? `${typed}\n${button.dataset.text}` : button.dataset.text;
  field.focus();
});

// A link of the action bar opens the part it leads to.
function openTarget() {
  const target = location.hash && document.querySelector(location.hash);
  const folded = target && target.closest("details");
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
}
window.addEventListener("hashchange", openTarget);
document.addEventListener("click", (event) => { if (event.target.closest(".action-bar a")) window.setTimeout(openTarget); });

// Pressed from afar with nothing written: the officer is led to the opinion instead of to a page that says so.
document.addEventListener("click", (event) => {
  const opinion = document.getElementById("opinion");
  if (!event.target.closest("button[value=forward]") || opinion.value.trim()) return;
  event.preventDefault();
  opinion.scrollIntoView({ block: "center" });
  opinion.focus();
});
