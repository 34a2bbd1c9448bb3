// What the desk says: the line beside the save button, what went wrong, and beside a box why it is not saved.

import { desk, find } from "./boxes.js";

/** state: saved, saving, unsaved, offline, session, person, closed, refused; more: the time, or the server's sentence. */
export function say(state, more = "") {
  const line = document.querySelector("[data-save-state]");
  const words = desk().dataset;
  if (line) {
    const text = state === "saved" ? (more ? `${words.saved} ${more}` : "") : words[state === "saving" ? "saving" : "unsaved"];
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("unsaved", state !== "saved");
  }
  const trouble = document.getElementById("desk-trouble");
  if (!trouble) return;
  const wrong = ["offline", "session", "person", "closed", "refused"].includes(state);
  if (state === "saved" || wrong) {
    const sentence = wrong ? more || words[state] : "";
    const line_ = trouble.querySelector("p");
    if (line_.textContent !== sentence) line_.textContent = sentence;
    trouble.querySelector("a").hidden = state !== "session" && state !== "person";
    trouble.hidden = !wrong;
  }
}

/** Another person's text stands in the cell: both are shown, and the writer chooses. */
export function showConflict(cell, theirs, by, choose) {
  const block = beside(cell, "conflict");
  if (!block) return;
  block.querySelector("[data-by]").textContent = by || desk().dataset.somebody;
  block.querySelector("[data-theirs]").textContent = theirs || "–";
  block.querySelector("[data-choose=mine]").onclick = () => choose("mine");
  block.querySelector("[data-choose=theirs]").onclick = () => choose("theirs");
}

export function showFault(cell, sentence) {
  const block = beside(cell, "fault");
  if (block) block.textContent = sentence;
}

/** Take away what was said beside a box. */
export function settle(cell) {
  const control = find(cell.row, cell.field)?.controls[0];
  if (!control) return;
  wrapperOf(control).querySelectorAll(":scope > [data-desk-note]").forEach((note) => note.remove());
  for (const one of find(cell.row, cell.field).controls) one.removeAttribute("aria-invalid");
}

/** A row was deleted by somebody while text was typed into it: the text is shown, and the row can be brought back. */
export function showLost(cell, text, by, bringBack) {
  const list = document.getElementById("desk-lost");
  const known = [...list.children].find((one) => one.dataset.key === cell.key);
  const block = known ?? document.getElementById("desk-lost-one").content.firstElementChild.cloneNode(true);
  block.dataset.key = cell.key;
  block.querySelector("[data-by]").textContent = by || desk().dataset.somebody;
  block.querySelector("[data-text]").textContent = text;
  block.querySelector("[data-choose=back]").onclick = () => bringBack(() => block.remove());
  block.querySelector("[data-choose=drop]").onclick = () => bringBack(null) ?? block.remove();
  if (!known) list.append(block);
}

export function sayRefused(sentence) {
  const box = document.getElementById("desk-refused");
  box.textContent = sentence;
  box.hidden = !sentence;
}

function wrapperOf(control) {
  return control.closest(".cell-part, fieldset, .field, .wide, .pair > div") ?? control.parentElement;
}

function beside(cell, kind) {
  const control = find(cell.row, cell.field)?.controls[0];
  if (!control) return null;
  settle(cell);
  const block = document.getElementById(`desk-${kind}`).content.firstElementChild.cloneNode(true);
  block.dataset.deskNote = kind;
  block.id = `${control.id}-desk`;
  const wrapper = wrapperOf(control);
  wrapper.insertBefore(block, [...wrapper.children].find((child) => child === control || child.contains(control)));
  for (const one of find(cell.row, cell.field).controls) one.setAttribute("aria-invalid", "true");
  return block;
}
