// The table as a table: Tab goes from cell to cell, arrows leave a cell where its text ends, Alt with an arrow leaves it
// anywhere, Ctrl+Enter goes to the same column of the next row, and Escape to the buttons of the row. What waits for an
// answer beside a cell (a remark, another person's text) is a stop of Tab before it. Enter breaks a line,
// as it does in a table of Word. Without this module every box and button is reached by Tab alone.

import { run } from "./desk.js";

const CELL = /^(measure|activity)-(\d+)-(.+)$/;

export const table = () => document.querySelector(".measure-table");

/** Row and field of a box of the table, null for anything else. */
export function placeOf(box) {
  const found = box?.matches?.("textarea") && table()?.contains(box) ? CELL.exec(box.id) : null;
  return found ? { row: `${found[1]}-${found[2]}`, field: found[3] } : null;
}

const ASKS = ":is(.desk-remark, .desk-conflict) :is(textarea, button)";
const boxes = () => [...(table()?.querySelectorAll("textarea") ?? [])].filter((box) => placeOf(box));

function column(box) {
  const { field } = placeOf(box);
  return boxes().filter((other) => placeOf(other).field === field);
}

/** The box so many places on, down the column or along the rows. */
function next(box, by, down) {
  const all = down ? column(box) : boxes();
  return all[all.indexOf(box) + by] ?? null;
}

/** Where Tab goes from this cell. */
function stop(box, by) {
  const all = [...table().querySelectorAll(`textarea, ${ASKS}`)].filter((one) => placeOf(one) || one.matches(ASKS));
  return all[all.indexOf(box) + by] ?? null;
}

function go(box, atEnd) {
  if (!box) return false;
  box.focus();
  if (!box.setSelectionRange) return true;
  const place = atEnd ? box.value.length : 0;
  box.setSelectionRange(place, place);
  return true;
}

const ARROWS = { ArrowUp: [-1, true], ArrowDown: [1, true], ArrowLeft: [-1, false], ArrowRight: [1, false] };

/** An arrow that does not move the caret has come to the text's edge. */
function arrow(event, box) {
  const [by, down] = ARROWS[event.key];
  if (event.altKey) {
    if (go(next(box, by, down), by < 0)) event.preventDefault();
    return;
  }
  const before = box.selectionStart;
  if (before !== box.selectionEnd) return;
  setTimeout(() => {
    if (document.activeElement === box && box.selectionStart === before && box.selectionEnd === before) go(next(box, by, down), by < 0);
  });
}

/** In the table's last row there is no next one: its measure gets a further activity, or the table a further measure. */
async function nextRow(box) {
  if (go(next(box, 1, true), true)) return;
  const { row, field } = placeOf(box);
  const measure = row.startsWith("measure-");
  const parent = measure ? document.getElementById("desk").dataset.page : box.closest("tbody").id;
  const told = await run([{ op: measure ? "add-measure" : "add-activity", row: parent, as: "new" }]);
  if (!told.refused) go(document.getElementById(`${told.ids.new}-${field}`), true);
}

function toButtons(box) {
  const row = placeOf(box).row;
  document.getElementById(row)?.querySelector(".row-tools button:not(:disabled)")?.focus();
}

/** From the buttons of a row back to its first cell. */
function toCells(button) {
  const row = button.closest("tr[id], tbody[id]");
  return go(row?.querySelector(`textarea[id^="${row.id}-"]`), true);
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.key === "Escape" && event.target.closest?.(".measure-table .row-tools")) {
    toCells(event.target);
    return;
  }
  const box = event.target;
  if (!placeOf(box)) return;
  if (event.key === "Tab" && !event.ctrlKey && !event.altKey && !event.metaKey) {
    // At the table's first and last cell Tab leaves it, as everywhere.
    if (go(stop(box, event.shiftKey ? -1 : 1), true)) event.preventDefault();
  } else if (event.key in ARROWS && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
    arrow(event, box);
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    nextRow(box);
  } else if (event.key === "Escape") {
    toButtons(box);
  }
});
