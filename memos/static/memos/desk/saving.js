// Texts and rows go to the server one request after the other. A cell is saved when the server still holds what this
// page had before; a request without an answer is sent again as it was (the server knows its turn by number), so that
// nothing happens twice.

import { all, desk, find, isHalf, placeOf, read, write } from "./boxes.js";
import { cellOf, cells, dirty } from "./cells.js";
import { isKnown, keep, takeOver } from "./keeping.js";
import { arrived, refresh } from "./rows.js";
import { ask, send, windowName } from "./sending.js";
import { say, sayRefused, settle, showConflict, showFault, showLost } from "./telling.js";

const PAUSE = 1200; // ms after the last letter
const LONGEST = 8000; // ms that somebody who types without a pause goes unsaved
const LOGIN = 3000; // ms between attempts while somebody logs in elsewhere
const AGAIN = [2000, 4000, 8000, 15_000]; // ms between attempts

export { run } from "./rows.js";

const runs = [];
let revision = 0;
let turn = 0;
let underWay = null; // the request that has no answer yet
let busy = null; // the pump's promise
let attempts = 0;
let pauseTimer = 0;
let againTimer = 0;
let unsavedSince = 0;
let stopped = false; // closed or refused: nothing more can be saved from this page
let lastSaved = ""; // the time of day, as the server writes it

// --- what is unsaved

function remember() {
  keep(windowName, dirty().map(([cell, box]) => ({
    row: cell.row, field: cell.field, was: cell.base, sent: cell.sent ?? cell.base, text: read(box),
  })));
}

export function isUnsaved() {
  return dirty().length > 0 || runs.length > 0 || underWay !== null;
}

// --- what other modules ask for

/** The text of a control was changed by a hand or by a script: it is saved after a pause. */
export function change(control) {
  const place = placeOf(control);
  if (!place) return;
  const cell = cells.get(place.key);
  if (cell?.fault !== undefined) {
    delete cell.fault;
    settle(cell);
  }
  remember();
  if (!place.row) {
    document.dispatchEvent(new CustomEvent("desk:unnumbered", { detail: { control } }));
  }
  unsavedSince ||= Date.now();
  if (document.getElementById("desk-trouble").hidden) say("unsaved");
  clearTimeout(pauseTimer);
  pauseTimer = setTimeout(pump, Math.max(0, Math.min(PAUSE, unsavedSince + LONGEST - Date.now())));
}

/** Save everything now; true when nothing is left unsaved. */
export async function saveNow() {
  clearTimeout(pauseTimer);
  clearTimeout(againTimer);
  await pump();
  return !isUnsaved();
}

/**
 * Carry out row operations and cell texts together, all or nothing, as one step that can be undone.
 * ops: {op: "add-measure"|"add-activity"|"add-enclosure"|"copy"|"move"|"delete"|"restore", row, to?, as?}; a row that
 * is added is called by its "as" in later operations and in cells. cells: {row, field, text, was?}; was is what the page
 * shows unless it is told. since: no other hand may have written later in a row that is deleted; the page's revision.
 * Resolves to {ids: {as: row}, refused: "", revision}; it waits for as long as the server cannot be reached.
 */
export function request(ops, texts = [], since = undefined) {
  return new Promise((resolve) => {
    const shown = (box) => (box ? cellOf(box).base : "");
    const wanted = texts.map((one) => ({ was: shown(find(one.row, one.field)), ...one }));
    runs.push({ ops, cells: wanted, revision: since, resolve });
    pump();
  });
}

/** Ask the server what is new, when nothing else is on its way. */
export async function look(place) {
  if (stopped || underWay || busy) return;
  busy = exchange({ ops: [], cells: [], place }).finally(() => (busy = null));
  await busy;
}

// --- the way to the server and back

function pump() {
  if (!busy) busy = work().finally(() => (busy = null));
  return busy;
}

async function work() {
  while (!stopped) {
    const job = underWay ?? gather() ?? runs.shift();
    if (!job) break;
    if (!underWay) {
      turn += 1;
      job.turn = turn;
      underWay = job;
    }
    say("saving");
    if (!(await exchange(job))) return;
  }
  if (!stopped && !isUnsaved()) unsavedSince = 0;
}

/** Every dirty cell that does not wait for its writer's decision; null when there is none. */
function gather() {
  const ready = dirty().filter(([cell, box]) => !cell.conflict && cell.fault !== read(box) && !isHalf(box));
  if (!ready.length) return null;
  return {
    ops: [],
    cells: ready.map(([cell, box]) => ({ row: cell.row, field: cell.field, was: cell.base, text: (cell.sent = read(box)) })),
  };
}

async function exchange(job) {
  const { told, then, sentence } = await ask(message(job));
  if (then === "less") return tooMuch(job, sentence);
  if (!told) {
    stopped = then === "never";
    const wait = then === "login" ? LOGIN : AGAIN[Math.min(attempts, AGAIN.length - 1)];
    attempts += 1;
    clearTimeout(againTimer);
    if (!stopped) againTimer = setTimeout(underWay || isUnsaved() ? pump : () => look(""), wait);
    return false;
  }
  attempts = 0;
  if (job === underWay) underWay = null;
  await take(told, job);
  return true;
}

/** More than the server takes at once: the longest text waits for its writer to shorten it, the others go on. */
function tooMuch(job, sentence) {
  underWay = null;
  if (!job.resolve) faulty({ ...job.cells.reduce((one, other) => (other.text.length > one.text.length ? other : one)), sentence }, job);
  else sayRefused(sentence);
  job.resolve?.({ ids: {}, refused: sentence, revision });
  return true;
}

function message(job) {
  return { revision: job.revision ?? revision, place: job.place ?? placeNow(), turn: job.turn ?? 0, cells: job.cells, ops: job.ops };
}

/** The page goes: what is unsaved is sent without waiting; the browser keeps it as well, until a page sees it stored. */
export function leave() {
  if (stopped) return;
  const job = underWay ?? gather() ?? { ops: [], cells: [] };
  if (!underWay && job.cells.length) job.turn = turn += 1;
  remember();
  send({ ...message(job), leaves: true, place: "" }).catch(() => null);
}

/** Where the writer is: what others see beside his name. */
export function placeNow() {
  const place = placeOf(document.activeElement);
  return place?.row ? `${place.row}-${place.field}` : "";
}

// --- what the server said

async function take(answer, job) {
  for (const one of answer.saved) stored(one, job);
  for (const one of answer.conflicts) disputed(one, job);
  for (const one of answer.faults) faulty(one, job);
  revision = answer.revision;
  for (const field of document.querySelectorAll("#editor-form [name=revision]")) field.value = revision;
  const changed = answer.changed.filter(adopt);
  if (await arrived(answer, job)) await refresh();
  for (const one of answer.gone) lost(one, job);
  sayRefused(answer.refused || "");
  remember();
  if (!isUnsaved()) say("saved", job.turn || answer.saved.length ? (lastSaved = answer.at) : lastSaved);
  else if (!gather() && !runs.length) say("unsaved");
  if (job.turn) document.dispatchEvent(new CustomEvent("desk:saved", { detail: { revision, answer } }));
  if (changed.length) document.dispatchEvent(new CustomEvent("desk:changed", { detail: { changed, rows: false } }));
  document.dispatchEvent(new CustomEvent("desk:told", { detail: answer }));
  job.resolve?.({ ids: answer.ids, refused: answer.refused || "", revision });
}

function stored({ row, field, text }, job) {
  const box = find(row, field);
  if (!box) return;
  const cell = cellOf(box);
  const sent = job.cells.find((one) => one.row === row && one.field === field)?.text ?? text;
  const untouched = read(box) === cell.clean; // a text that a run brought, not a hand
  cell.base = text;
  cell.clean = sent;
  delete cell.conflict;
  delete cell.fault;
  settle(cell);
  if (job.ops.length || untouched) write(box, sent);
}

function disputed({ row, field, theirs, by }, job) {
  const box = find(row, field);
  if (!box) return;
  const cell = cellOf(box);
  const mine = job.cells.find((one) => one.row === row && one.field === field)?.text;
  if (read(box) === cell.clean && mine !== undefined) write(box, mine);
  if (read(box) === theirs) return stored({ row, field, text: theirs }, { cells: [], ops: [] });
  cell.conflict = { theirs, by };
  showConflict(cell, theirs, by, (which) => {
    const text = cell.conflict.theirs;
    delete cell.conflict;
    cell.base = cell.clean = text;
    if (which === "theirs") write(box, text);
    settle(cell);
    box.controls[0].focus();
    remember();
    pump();
  });
  document.dispatchEvent(new CustomEvent("desk:conflict", { detail: { row, field, theirs, by } }));
  return undefined;
}

function faulty({ row, field, sentence }, job) {
  const box = find(row, field);
  if (!box) return;
  const cell = cellOf(box);
  const sent = job.cells.find((one) => one.row === row && one.field === field)?.text ?? read(box);
  if (read(box) === cell.clean) write(box, sent);
  cell.fault = sent;
  showFault(cell, sentence);
}

/** Another window's text: shown unless something was typed here meanwhile. True when the box changed. */
function adopt({ row, field, text, by }) {
  const box = find(row, field);
  if (!box) return false;
  const cell = cellOf(box);
  if (text === cell.base) return false;
  if (cell.conflict) {
    disputed({ row, field, theirs: text, by }, { cells: [] });
    return false;
  }
  if (read(box) !== cell.clean) return false; // The next save finds out, and both are shown.
  cell.base = cell.clean = text;
  write(box, text);
  return true;
}

function lost({ row, field, by }, job) {
  const text = job.cells.find((one) => one.row === row && one.field === field)?.text ?? "";
  const cell = { row, field, key: `${row} ${field}` };
  cells.delete(cell.key);
  showLost(cell, text, by, (done) => {
    if (!done) return undefined;
    return request([{ op: "restore", row }]).then(() => {
      const box = find(row, field);
      if (!box) return;
      write(box, text);
      change(box.controls[0]);
      done();
    });
  });
}

/** After the rows were drawn anew: boxes that were not touched hold the new text, the others what was typed. */
export function redrawn(typed) {
  for (const box of all().values()) {
    const cell = cells.get(box.key);
    const text = typed.get(box.key);
    if (cell && text !== undefined && text !== cell.clean) write(box, text);
    else cells.delete(box.key);
    if (cell?.conflict) disputed({ ...cell, ...cell.conflict }, { cells: [] });
  }
}

/** Keys and texts of the boxes that hold something unsaved. */
export function typedNow() {
  return new Map(dirty().map(([cell, box]) => [cell.key, read(box)]));
}

export function begin() {
  revision = Number(desk().dataset.revision);
  for (const left of takeOver()) {
    const box = find(left.row, left.field);
    if (!box && left.text) lost({ ...left, by: "" }, { cells: [left] });
    if (!box || left.text === cellOf(box).base) continue;
    const cell = cellOf(box);
    write(box, left.text);
    if (!isKnown(left, cell.base)) disputed({ ...left, theirs: cell.base, by: "" }, { cells: [] });
  }
  remember();
  if (isUnsaved()) pump();
}
