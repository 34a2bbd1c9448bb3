// Rows are dragged by a handle that this module puts before their buttons; the buttons stay, for the keyboard and for
// whoever likes them better. A measure goes among measures, an activity also to another measure of the table.

import { run } from "./desk.js";

const EDGE = 60; // px at the window's edge where it scrolls along
let dragged = null; // {row, level, element, line, target}

function addHandles() {
  for (const tools of document.querySelectorAll(".measure-table div.row-tools:not(:has(.drag-handle)):not(:is(.row-tools, .cell-part) .row-tools)")) {
    const handle = document.createElement("span");
    handle.className = "drag-handle";
    handle.setAttribute("aria-hidden", "true");
    handle.title = tools.closest("table").dataset.drag ?? "";
    handle.textContent = "⠿";
    tools.prepend(handle);
  }
}

function rowOf(handle) {
  const bar = handle.closest("tr.measure-bar");
  const element = bar ? bar.closest("tbody") : handle.closest("tr[id]");
  return element ? { row: element.id, level: bar ? "measure" : "activity", element } : null;
}

/** The rows it may stand among, each with the measure or section it belongs to. */
function places() {
  const table = dragged.element.closest("table");
  const rows = dragged.level === "measure" ? table.querySelectorAll("tbody[id]") : table.querySelectorAll("tr[id^=activity-]");
  return [...rows];
}

/** Where it would stand if it were let go at this height: {to, at, after}; null where it stands already. */
function targetAt(y) {
  const rows = places();
  const nearest = rows.reduce((best, row) => {
    const box = row.getBoundingClientRect();
    const distance = y < box.top ? box.top - y : y > box.bottom ? y - box.bottom : 0;
    return !best || distance < best.distance ? { row, box, distance } : best;
  }, null);
  if (!nearest) return null;
  const after = y > (nearest.box.top + nearest.box.bottom) / 2;
  const index = rows.indexOf(nearest.row);
  const following = after ? rows[index + 1] : nearest.row;
  const own = rows.indexOf(dragged.element);
  if (nearest.row === dragged.element || (following === dragged.element && sameParent(nearest.row))) return null;
  if (!after && rows[own + 1] === nearest.row && sameParent(nearest.row)) return null;
  const last = after && (!following || !sameMeasure(following, nearest.row));
  return { to: last ? parentOf(nearest.row) : following.id, at: nearest.row, after };
}

const parentOf = (row) => (dragged.level === "measure" ? document.getElementById("desk").dataset.page : row.closest("tbody").id);
const sameMeasure = (one, other) => dragged.level === "measure" || one.closest("tbody") === other.closest("tbody");
const sameParent = (row) => sameMeasure(row, dragged.element);

function draw() {
  document.querySelectorAll(".drop-before, .drop-after").forEach((row) => row.classList.remove("drop-before", "drop-after"));
  const { target } = dragged ?? {};
  if (target) target.at.classList.add(target.after ? "drop-after" : "drop-before");
}

function end() {
  dragged?.element.classList.remove("dragged");
  dragged = null;
  draw();
}

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.(".drag-handle");
  const found = handle && event.button === 0 ? rowOf(handle) : null;
  if (!found) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  dragged = { ...found, target: null };
  dragged.element.classList.add("dragged");
});
document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  if (event.clientY < EDGE) scrollBy(0, -20);
  if (event.clientY > innerHeight - EDGE) scrollBy(0, 20);
  dragged.target = targetAt(event.clientY);
  draw();
});
document.addEventListener("pointerup", () => {
  if (!dragged) return;
  const { row, target } = dragged;
  end();
  if (target) run([{ op: "move", row, to: target.to }]);
});
document.addEventListener("pointercancel", end);
document.addEventListener("keydown", (event) => event.key === "Escape" && end());
document.addEventListener("desk:changed", addHandles);
addHandles();
