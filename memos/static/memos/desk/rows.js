// Rows: the page's own buttons carry out their operation at once, the table is drawn by the server, and every step
// can be taken back.

import { all, desk, find, form } from "./boxes.js";
import { change, redrawn, request as send, saveNow, typedNow } from "./saving.js";

const ROW = /^(measure|activity)-\d+$/;
const KEYS_OF_BUTTONS = /^(measure|activity|enclosure)-(add|copy|up|down|delete)(?:-([0-9-]+))?$/;
const RESTORE = "restore-"; // and the name of a row that was removed
const steps = []; // what can be taken back: {ops, cells, since, word}; a cell's was is the text that is taken back
let isStale = false; // the rows could not be drawn anew when they should have been
let typedLast = false; // a letter typed since the last step is what Ctrl+Z takes back first

// --- what stands where

/** Names of the page's rows in their order. */
export function order() {
  const region = document.querySelector("[data-rows]");
  return [...(region?.querySelectorAll("[id], [data-row]") ?? [])]
    .map((one) => one.dataset.row ?? one.id)
    .filter((name) => ROW.test(name) || /^enclosure-\d+$/.test(name) && document.querySelector(`li[data-row="${name}"]`));
}

export function elementOf(row) {
  return document.querySelector(`li[data-row="${row}"]`) ?? document.getElementById(row);
}

/** The rows among which this one stands, in order. */
function siblings(row) {
  const level = row.split("-")[0];
  const names = order();
  if (level !== "activity") return names.filter((name) => name.startsWith(`${level}-`));
  const own = measureOf(row, names);
  return names.filter((name) => name.startsWith("activity-") && measureOf(name, names) === own);
}

export function measureOf(activity, names = order()) {
  return names.slice(0, names.indexOf(activity)).reverse().find((name) => name.startsWith("measure-"));
}

/** What "to" a row must be moved to, in order to stand where it stands now: its next sibling, else its parent. */
function standing(row) {
  const rows = siblings(row);
  return rows[rows.indexOf(row) + 1] ?? (row.startsWith("activity-") ? measureOf(row) : desk().dataset.page);
}

// --- steps, and taking them back

/**
 * Carry out operations and texts as one step that can be taken back; see saving.request for their form. word: what the
 * button says that takes it back. Resolves to {ids, refused}; it waits while the server cannot be reached.
 */
export async function run(ops, cells = [], word = "") {
  await saveNow();
  const before = cells.map((one) => [one, find(one.row, one.field)?.controls[0] ? textOf(one) : null]);
  const backwards = ops.map((op) => inverse(op)).reverse();
  const told = await send(ops, cells);
  if (told.refused) return told;
  const back = {
    ops: backwards.map((make) => make(told.ids)).filter(Boolean),
    cells: before.filter(([, text]) => text !== null).map(([one, text]) => ({ row: one.row, field: one.field, was: one.text, text })),
    since: told.revision,
    word: word || (ops.some((op) => op.op === "delete") ? desk().dataset.undoDelete : desk().dataset.undo),
  };
  if (back.ops.length || back.cells.length) steps.push(back);
  typedLast = false;
  showUndo();
  return told;
}

const textOf = (one) => {
  const { controls } = find(one.row, one.field);
  return controls[0].value;
};

/** A function of the answer's ids, because a row that is added has no name before. */
function inverse(op) {
  switch (op.op) {
    case "delete":
      return () => ({ op: "restore", row: op.row });
    case "restore":
      return () => ({ op: "delete", row: op.row });
    case "move": {
      const to = standing(op.row);
      return () => ({ op: "move", row: op.row, to });
    }
    default:
      return (ids) => (ids[op.as] ? { op: "delete", row: ids[op.as] } : null);
  }
}

export async function undo() {
  const step = steps.pop();
  showUndo();
  if (!step) return;
  await saveNow();
  // What was written into a cell afterwards, by whomever, stays.
  const cells = step.cells.filter((one) => find(one.row, one.field) && textOf(one) === one.was);
  if (!step.ops.length && !cells.length) return;
  const told = await send(step.ops, cells, step.since);
  if (!told.refused) {
    // The button that was pressed is hidden with the last step.
    const row = step.ops.find((op) => op.op !== "delete")?.row ?? step.cells[0]?.row;
    if (!row || !focusRow(row)) document.querySelector(steps.length ? "[data-desk-undo]" : ".save-bar button").focus();
  }
}

function showUndo() {
  const box = document.querySelector("[data-desk-undo]");
  if (!box) return;
  box.hidden = steps.length === 0;
  box.textContent = steps.at(-1)?.word ?? "";
}

// --- drawing anew

/** Whether the page must be drawn anew after this answer. */
export async function arrived(answer, job) {
  if (answer.order === null) return isStale;
  const own = order();
  return isStale || job.ops.length > 0 || own.length !== answer.order.length || own.some((name, place) => name !== answer.order[place]);
}

/** The rows as the server shows them, with the texts that are not saved yet, the focus and the place kept. */
export async function refresh() {
  const region = document.querySelector("[data-rows]");
  const response = await fetch(location.pathname, { credentials: "same-origin" }).catch(() => null);
  isStale = !response?.ok;
  if (!region || isStale) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-rows]");
  if (!fresh) return;
  const typed = typedNow();
  const focus = document.activeElement;
  const caret = region.contains(focus) ? [focus.id, focus.selectionStart, focus.selectionEnd] : null;
  const unnumbered = [...region.querySelectorAll("li.enclosure:not([data-row])")];
  region.replaceChildren(...fresh.childNodes);
  keepUnnumbered(region, unnumbered);
  redrawn(typed);
  if (caret) restoreCaret(...caret);
  document.dispatchEvent(new CustomEvent("desk:changed", { detail: { changed: [], rows: true } }));
}

/** Enclosures that were typed into but have no number yet stay at the end. */
function keepUnnumbered(region, kept) {
  const list = region.querySelector("ol.enclosures");
  const left = kept.filter((row) => [...row.querySelectorAll("input")].some((box) => box.value.trim()));
  if (!list || !left.length) return;
  list.querySelectorAll("li.enclosure:not([data-row])").forEach((row) => row.remove());
  list.append(...left);
}

function restoreCaret(id, start, end) {
  const control = document.getElementById(id);
  if (!control) return;
  control.focus({ preventScroll: true });
  if (typeof start === "number" && control.setSelectionRange) control.setSelectionRange(start, end);
}

/** False when the page has no box of that row. */
export function focusRow(row) {
  const box = [...all().values()].find((one) => one.row === row);
  box?.controls[0].focus();
  return Boolean(box);
}

// --- the page's own buttons

/** What a button's value ("activity-down-0-1") means by the rows' numbers; null when it means nothing here. */
function meant(button) {
  if (button.value.startsWith(RESTORE)) return { op: "restore", row: button.value.slice(RESTORE.length) };
  const [, level, verb] = KEYS_OF_BUTTONS.exec(button.value) ?? [];
  if (!verb) return null;
  const place = button.closest("tr[id], tbody[id], li.enclosure");
  const own = level === "enclosure" ? place?.dataset.row : button.closest(`[id^="${level}-"]:is(tr, tbody)`)?.id;
  if (verb === "add") {
    const parent = level === "activity" ? button.closest("tbody")?.id : desk().dataset.page;
    return parent ? { op: `add-${level}`, row: parent, as: "new" } : null;
  }
  if (!own) return null;
  if (verb === "delete" || verb === "copy") return { op: verb, row: own, as: "new" };
  return movedBy(own, verb === "up" ? -1 : 1);
}

function movedBy(row, by) {
  const rows = siblings(row);
  const place = rows.indexOf(row);
  if (!rows[place + by]) return null;
  const to = by < 0 ? rows[place - 1] : rows[place + 2] ?? (row.startsWith("activity-") ? measureOf(row) : desk().dataset.page);
  return { op: "move", row, to };
}

async function pressed(button) {
  if (button.value.startsWith("enclosure-") && !button.value.startsWith("enclosure-add")) {
    const row = button.closest("li.enclosure");
    if (row && !row.dataset.row) return void (button.value.includes("delete") && row.remove());
  }
  if (button.value === "enclosure-add") return void addBlank();
  const op = meant(button);
  if (!op || button.dataset.pressed) return;
  button.dataset.pressed = "1";
  const around = op.op === "delete" ? nextTo(op.row) : "";
  const told = await run([op]);
  delete button.dataset.pressed;
  if (told.refused) return;
  if (op.op === "move") return void focusButton(op.row, button.value.split("-")[1]);
  const row = told.ids[op.as] ?? (around || op.row);
  // With its last row gone a table is gone on with by adding one.
  if (!row || !focusRow(row)) document.querySelector(`button[value="${op.row.split("-")[0]}-add"]`)?.focus();
}

function nextTo(row) {
  const rows = siblings(row);
  const place = rows.indexOf(row);
  return rows[place + 1] ?? rows[place - 1] ?? measureOf(row) ?? "";
}

/** After a move the keyboard stays on the same button, or on its neighbour where that one is off. */
function focusButton(row, verb) {
  const buttons = ["up", "down"].map((one) => elementOf(row)?.querySelector(`button[value^="${row.split("-")[0]}-${one}"]`));
  const wanted = verb === "up" ? buttons : buttons.reverse();
  wanted.find((button) => button && !button.disabled)?.focus();
}

/** An empty enclosure lives in the page only; it gets its number with its first words (see desk:unnumbered). */
async function addBlank() {
  await saveNow();
  const response = await fetch(`${location.pathname}?blank=1`, { credentials: "same-origin" }).catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const blank = [...page.querySelectorAll("li.enclosure:not([data-row])")].at(-1);
  const list = document.querySelector("ol.enclosures");
  const waiting = list.querySelector("li.enclosure:not([data-row])");
  if (!waiting && blank) list.append(blank);
  (waiting ?? blank)?.querySelector("input:not([type=hidden])").focus();
}

let numbering = false;
async function number(control) {
  const row = control.closest("li.enclosure");
  const boxes = [...row.querySelectorAll("input:not([type=hidden])")];
  const [title] = boxes;
  if (numbering || !title.value.trim()) return;
  numbering = true;
  const sent = title.value;
  const told = await send([{ op: "add-enclosure", row: "memo", as: "new" }], [{ row: "new", field: "title", text: sent }]);
  numbering = false;
  if (told.refused) return;
  title.defaultValue = sent;
  row.dataset.row = told.ids.new;
  handOver(row, boxes);
}

/** What was typed while the row got its number goes on in the row that was drawn for it. */
function handOver(row, boxes) {
  const drawn = [...document.querySelectorAll(`li[data-row="${row.dataset.row}"]`)].find((one) => one !== row);
  const fresh = drawn ? [...drawn.querySelectorAll("input:not([type=hidden])")] : boxes;
  boxes.forEach((box, place) => {
    const target = fresh[place];
    const caret = box.selectionStart;
    if (target.value !== box.value) target.value = box.value;
    if (target === document.activeElement) target.setSelectionRange(caret, caret);
    if (target.value !== target.defaultValue) change(target);
  });
  if (drawn) row.remove();
}

export function begin() {
  form().addEventListener("submit", (event) => {
    const value = event.submitter?.value ?? "save";
    if (KEYS_OF_BUTTONS.test(value) || value.startsWith(RESTORE)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed(event.submitter);
    }
  }, true);
  // The second click of a double click would add, copy or delete another row.
  form().addEventListener("click", (event) => {
    const button = event.target.closest("button[name=do]");
    if (event.detail > 1 && /-(add|copy|delete)/.test(button?.value ?? "")) event.preventDefault();
  }, true);
  document.addEventListener("input", () => (typedLast = true));
  document.addEventListener("desk:unnumbered", (event) => number(event.detail.control));
  document.addEventListener("click", (event) => event.target.closest("[data-desk-undo]") && undo());
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || typedLast || !steps.length) return;
    event.preventDefault();
    undo();
  });
}
