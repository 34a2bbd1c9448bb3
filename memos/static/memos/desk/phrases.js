// The memo's usual sentences: a button puts one where the cursor stands in the body. A sentence is a paragraph of its
// own, which is a line here; words that belong into a sentence go into it. The gap to be filled is selected.

const list = document.querySelector("[data-phrases]");
const box = list && document.getElementById(list.dataset.phrases);

/** What goes in before and after, so that a paragraph begins and ends its line. */
function around(text, start, end, within) {
  const before = box.value.slice(0, start);
  const after = box.value.slice(end);
  if (within) return [before && !/\s$/.test(before) ? " " : "", after && !/^\s/.test(after) ? " " : ""];
  return [before && !before.endsWith("\n") ? "\n" : "", after && !after.startsWith("\n") ? "\n" : ""];
}

function insert(text, within) {
  const { selectionStart: start, selectionEnd: end } = box;
  const [first, last] = around(text, start, end, within);
  box.focus();
  box.setSelectionRange(start, end);
  const whole = `${first}${text}${last}`;
  if (!document.execCommand("insertText", false, whole)) {
    box.setRangeText(whole, start, end, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const place = start + first.length;
  const gap = text.indexOf("…");
  if (gap >= 0) box.setSelectionRange(place + gap, place + gap + 1);
  else box.setSelectionRange(place + text.length, place + text.length);
}

if (box) {
  // Before anybody was in the box, the end of the text is where one goes on.
  box.setSelectionRange(box.value.length, box.value.length);
  for (const item of list.querySelectorAll("[data-phrase]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-outline-primary";
    button.textContent = list.dataset.insert;
    button.lang = document.documentElement.lang;
    button.setAttribute("aria-label", `${list.dataset.insert}: ${item.textContent.trim()}`);
    button.addEventListener("click", () => insert(item.dataset.phrase, "within" in item.dataset));
    item.prepend(button);
  }
}
