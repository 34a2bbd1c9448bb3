// What the page knows of each box. base: the stored text as the server told it; clean: the text of the box that belongs
// to it; sent: the text on its way; and while it waits for its writer: conflict {theirs, by}, or the text that is at fault.

import { all, original, read } from "./boxes.js";

export const cells = new Map();

export function cellOf(box) {
  let cell = cells.get(box.key);
  if (!cell) {
    const text = original(box);
    cell = { row: box.row, field: box.field, key: box.key, base: text, clean: text };
    cells.set(box.key, cell);
  }
  return cell;
}

/** [cell, its box] of everything that differs from what the server has. */
export function dirty() {
  return [...all().values()].map((box) => [cellOf(box), box]).filter(([cell, box]) => read(box) !== cell.clean);
}
