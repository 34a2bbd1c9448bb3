// Whoever acts for another: his own title is proposed as soon as he is chosen, and what will be printed is shown.
// Without this the same form proposes it when it is sent.
"use strict";

const titleOf = (select) => select?.selectedOptions[0]?.dataset.title || "";
const within = (part, name) => part.querySelector(`select[name^=${name}]`);

function proposeTitle(part) {
  const box = part.querySelector("[data-own-title]");
  const proposed = titleOf(within(part, "capacity")) ? titleOf(within(part, "person")) : "";
  // What somebody typed himself stays.
  if (!box.value.trim() || box.value === part.dataset.proposed) {
    box.value = proposed;
    part.dataset.proposed = proposed;
  }
}

function showBlock(part) {
  const shown = part.querySelector("[data-block]");
  if (!shown) return;
  const own = part.querySelector("[data-own-title]").value.trim().replace(/\s+/g, " ");
  const phrase = titleOf(within(part, "capacity"));
  const post = titleOf(document.querySelector("select[name=post]"));
  shown.textContent = `${own} ${phrase} / ${post}`;
  shown.parentElement.hidden = !(own && phrase && post && (!within(part, "person") || within(part, "person").value));
}

document.addEventListener("change", (event) => {
  const part = event.target.closest("[data-acting]");
  if (part && event.target.matches("select[name^=person], select[name^=capacity]")) proposeTitle(part);
  document.querySelectorAll("[data-acting]").forEach(showBlock);
});
document.addEventListener("input", (event) => {
  const part = event.target.closest("[data-acting]");
  if (part && event.target.matches("[data-own-title]")) showBlock(part);
});
document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-acting]").forEach(showBlock));
