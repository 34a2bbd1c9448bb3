// The boxes of an editor's page by the names that the server knows them by: a row ("measure-12", "activity-7",
// "enclosure-3", "section-4", "memo") and a field of it. A date is one box made of three controls.

const CELL = /^(measure|activity)-(\d+)-(.+)$/;
const PART_OF_DATE = /_(day|month|year)$/;
const CONTROLS = "textarea, select, input:not([type=hidden])";

export const desk = () => document.getElementById("desk");
export const form = () => document.getElementById("editor-form");

/** {row, field, key} of a control, or null when it is nothing that is saved. A row without a number has row "". */
export function placeOf(control) {
  if (!control?.matches?.(CONTROLS) || control.form !== form()) return null;
  const cell = CELL.exec(control.id);
  if (cell) return named(`${cell[1]}-${cell[2]}`, cell[3]);
  const enclosure = control.closest("li.enclosure");
  if (enclosure) return named(enclosure.dataset.row ?? "", control.name.split(".")[1]);
  if (!control.name || /[.]/.test(control.name)) return null;
  return named(desk().dataset.page, control.name.replace(PART_OF_DATE, ""));
}

function named(row, field) {
  return { row, field, key: `${row} ${field}` };
}

/** Every box of the page: Map of key → {row, field, key, controls}. */
export function all() {
  const found = new Map();
  for (const control of form()?.querySelectorAll(CONTROLS) ?? []) {
    const place = placeOf(control);
    if (!place?.row) continue;
    if (!found.has(place.key)) found.set(place.key, { ...place, controls: [] });
    found.get(place.key).controls.push(control);
  }
  return found;
}

export function find(row, field) {
  return all().get(`${row} ${field}`) ?? null;
}

/** What stands in the box now. Three controls of a date: "1/4/2565", "" when all are empty. */
export function read(box) {
  return joined(box.controls.map((control) => control.value));
}

/** What the server put into the box when it made the page. */
export function original(box) {
  return joined(
    box.controls.map((control) => {
      if (control.tagName !== "SELECT") return control.defaultValue;
      const chosen = [...control.options].find((option) => option.defaultSelected) ?? control.options[0];
      return chosen?.value ?? "";
    }),
  );
}

function joined(values) {
  return values.length > 1 && values.every((value) => value === "") ? "" : values.join("/");
}

export function write(box, text) {
  const values = box.controls.length > 1 ? (text || "//").split("/") : [text];
  box.controls.forEach((control, place) => {
    if (control.value === (values[place] ?? "")) return;
    const [start, end] = control === document.activeElement && control.setSelectionRange
      ? [control.selectionStart, control.selectionEnd] : [null, null];
    control.value = values[place] ?? "";
    if (start !== null) control.setSelectionRange(start, end);
  });
}

/** Half a date is not saved while its other half is still being typed. */
export function isHalf(box) {
  const filled = box.controls.filter((control) => control.value.trim() !== "").length;
  return filled > 0 && filled < box.controls.length && box.controls.includes(document.activeElement);
}
