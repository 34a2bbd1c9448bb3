// A pasted table keeps its cells: what the clipboard has as HTML goes along in a hidden field. Without this script the
// text alone is sent, whose cells are parted by tabs.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("textarea[data-paste]");
  const hidden = box && document.getElementById(box.dataset.paste);
  const note = document.querySelector("[data-paste-note]");
  if (!hidden) return;

  function remember(html) {
    hidden.value = html;
    if (note) note.textContent = html ? note.dataset.withCells : "";
  }

  box.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (!/<table\b/i.test(html)) return;
    // The box shows the same words; another table pasted later replaces this one.
    event.preventDefault();
    box.value = event.clipboardData.getData("text/plain");
    remember(html.replace(/<style\b[\s\S]*?<\/style>/gi, "").replace(/<img\b[^>]*>/gi, ""));
  });
  // Typed over by hand: what is seen is what is sent.
  box.addEventListener("input", () => remember(""));
});
