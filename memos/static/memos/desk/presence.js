// Who else has this report open, and where; what they saved is looked for every few seconds while the page is seen.

import { desk, form, find } from "./boxes.js";
import { leave, look, placeNow } from "./saving.js";

const OFTEN = 4000; // ms, while somebody else is here
const SELDOM = 12_000;
let timer = 0;
let others = 0;

function show(answer) {
  others = answer.present.length;
  const list = document.getElementById("desk-present");
  if (list) {
    const text = answer.present.map((one) => (one.where ? `${one.name} (${one.where})` : one.name)).join(" · ");
    const line = list.querySelector("[data-names]");
    if (line.textContent !== text) line.textContent = text;
    list.hidden = others === 0;
  }
  document.querySelectorAll(".desk-there").forEach((box) => box.classList.remove("desk-there"));
  for (const one of answer.present) {
    const [row, field] = splitPlace(one.place);
    find(row, field)?.controls.forEach((control) => control.classList.add("desk-there"));
  }
  if (answer.notes) showNotes(answer);
}

function splitPlace(place) {
  const found = /^(memo|(?:measure|activity|section|enclosure)-\d+)-(.+)$/.exec(place);
  return found ? [found[1], found[2]] : ["", ""];
}

/** What checks find in the text just saved, beside the boxes and in the list above. */
function showNotes({ notes, panel }) {
  form().querySelectorAll("[id$='-note']").forEach((note) => {
    const control = document.getElementById(note.id.replace(/-note$/, ""));
    control?.classList.remove("noted");
    if (control?.getAttribute("aria-describedby") === note.id) control.removeAttribute("aria-describedby");
    note.remove();
  });
  for (const [id, sentences] of Object.entries(notes)) {
    const control = document.getElementById(id);
    if (!control?.closest(".cell-part")) continue;
    const block = document.createElement("div");
    block.id = `${id}-note`;
    for (const sentence of sentences) {
      const line = document.createElement("p");
      line.className = "cell-note";
      line.textContent = sentence;
      block.append(line);
    }
    control.before(block);
    control.classList.add("noted");
    control.setAttribute("aria-describedby", block.id);
  }
  const list = document.getElementById("desk-findings");
  if (!list) return;
  const open = list.querySelector("details")?.open ?? false;
  const stops = () => [...list.querySelectorAll("summary, a, button")];
  const stop = stops().indexOf(document.activeElement);
  list.innerHTML = panel;
  const details = list.querySelector("details");
  if (details) details.open = open;
  if (stop >= 0) (stops()[stop] ?? stops().at(-1))?.focus();
}

function beat() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") look(placeNow());
  timer = setTimeout(beat, others ? OFTEN : SELDOM);
}

export function begin() {
  if (!desk()) return;
  document.addEventListener("desk:told", (event) => show(event.detail));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && beat());
  window.addEventListener("focus", beat);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => event.persisted && beat());
  beat();
}
