// What is not yet saved also lies in the browser, by person and page, until the server has it: a closed lid, a crash
// or a login that expired loses nothing. Each window writes under a name of its own and takes over what others left.

import { desk } from "./boxes.js";

const prefix = () => `desk:${desk().dataset.user}:${desk().dataset.live}:${desk().dataset.page}:`;

/** cells: Map of key → {row, field, was, sent, text}. Where the browser keeps nothing, the page alone keeps it. */
export function keep(window, cells) {
  try {
    if (cells.length) localStorage.setItem(prefix() + window, JSON.stringify(cells));
    else localStorage.removeItem(prefix() + window);
  } catch {
    // Full, or forbidden: the warning before leaving still stands.
  }
}

/** What earlier windows of this page could not save; it is theirs no longer. */
export function takeOver() {
  const found = [];
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(prefix())) continue;
      found.push(...JSON.parse(localStorage.getItem(name)));
      localStorage.removeItem(name);
    }
  } catch {
    return found;
  }
  return found;
}

/** Whether what is stored is this window's own, so that nobody else's text stands there. It is stored without the spaces
 * at the ends of its lines. */
export function isKnown({ was, sent, text }, stored) {
  const plain = (one) => (one ?? "").normalize("NFC").replace(/\s+/g, " ").trim();
  return [was, sent, text].some((one) => plain(one) === plain(stored));
}
