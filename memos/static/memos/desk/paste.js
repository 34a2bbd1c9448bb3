// A block of cells pasted into the table fills it to the right and downwards; rows are added where it has more of them.
// The server reads what Excel, Word, LibreOffice or Google Sheets put on the clipboard (memos/pasting.py) and says what
// goes where; the page carries that out as one step that can be taken back. Other text is pasted as everywhere.

import { run } from "./desk.js";
import { placeOf } from "./grid.js";

const said = () => document.getElementById("paste-said");
const NOT_TEXT = /<style\b[\s\S]*?<\/style>|<!--[\s\S]*?-->|<img\b[^>]*>|<v:[\s\S]*?<\/v:\w+>/gi;
let last = Promise.resolve(); // one paste after the other, in the order of the hand

function say(sentence) {
  const box = said();
  box.hidden = !sentence;
  box.textContent = sentence;
}

/** What the server must look at: a table, cells parted by tabs or in quotation marks, or a list of Word's. */
function isWorthAsking(html, text) {
  return /<table\b|mso-list|<li\b/i.test(html) || text.includes("\t") || text.startsWith('"');
}

async function ask(place, html, text) {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
  let response;
  try {
    response = await fetch(said().dataset.url, {
      method: "POST", credentials: "same-origin", redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ ...place, html, text }),
      signal: AbortSignal.timeout(20_000),
    });
  } catch {
    return { sentence: said().dataset.offline };
  }
  const told = response.headers.get("Content-Type")?.startsWith("application/json") ? await response.json().catch(() => null) : null;
  return told ?? { sentence: response.status >= 500 ? said().dataset.offline : said().dataset.session };
}

/** As if typed: it can be taken back with the keys for that, and is saved like any typing. */
function insert(box, text, selection) {
  const [start, end] = document.activeElement === box ? [box.selectionStart, box.selectionEnd] : selection;
  box.focus();
  box.setSelectionRange(start, end);
  if (text && document.execCommand("insertText", false, text)) return;
  box.setRangeText(text, start, end, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function point(cells, ids) {
  for (const { row, field } of cells) {
    const box = document.getElementById(`${ids[row] ?? row}-${field}`);
    box?.classList.add("pasted");
    setTimeout(() => box?.classList.remove("pasted"), 2500);
  }
}

async function paste(id, selection, html, text) {
  say(said().dataset.working);
  const box = document.getElementById(id);
  const told = await ask(placeOf(box), html, text);
  if (told.sentence) return say(told.sentence);
  const target = document.getElementById(id);
  if (told.text !== undefined) {
    say("");
    return target && insert(target, told.text, selection);
  }
  const done = await run(told.ops, told.cells, said().dataset.undo);
  if (done.refused) return say("");
  document.getElementById(id)?.focus();
  point(told.cells, done.ids);
  return say(told.notes.join(" "));
}

document.addEventListener("paste", (event) => {
  const box = event.target;
  if (!placeOf(box) || !said() || !event.clipboardData) return;
  const html = event.clipboardData.getData("text/html").replace(NOT_TEXT, "");
  const text = event.clipboardData.getData("text/plain");
  if (!isWorthAsking(html, text)) return;
  event.preventDefault();
  const selection = [box.selectionStart, box.selectionEnd];
  last = last.then(() => paste(box.id, selection, html, text)).catch(() => say(said().dataset.offline));
});
