// Remarks of a return stand beside the boxes they are about, and are answered there. The process serves them ready
// made (data-remarks); where a box is on another page or its row is gone, its remark is found in the list on top.

import { desk } from "./boxes.js";
import { saveNow } from "./saving.js";
import { token } from "./sending.js";
import { sayRefused } from "./telling.js";

let typed = new Map(); // answers begun, by the remark's address

async function load() {
  const response = await fetch(desk().dataset.remarks, { credentials: "same-origin" }).catch(() => null);
  if (!response?.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  place([...page.body.children]);
}

/** The control beside which a remark stands, null when this page has none. */
function boxOf(remark) {
  const id = remark.dataset.box;
  const own = `${desk().dataset.page}-`;
  const control = document.getElementById(id.startsWith(own) ? `id_${id.slice(own.length)}` : id);
  return control ?? document.getElementById(`${id}_day`) ?? null;
}

function place(parts) {
  document.querySelectorAll(".desk-remark").forEach((old) => {
    const answer = old.querySelector("[data-answer]")?.value;
    if (answer) typed.set(old.dataset.url, answer);
    old.remove();
  });
  const top = document.getElementById("desk-remarks");
  top.replaceChildren();
  for (const part of parts) {
    const remark = document.importNode(part, true);
    if (!remark.matches(".desk-remark")) {
      top.append(remark);
      continue;
    }
    const answer = remark.querySelector("[data-answer]");
    if (answer) answer.value = typed.get(remark.dataset.url) ?? "";
    const control = remark.dataset.box ? boxOf(remark) : null;
    if (control) beside(control, remark);
    else if (!remark.dataset.box) top.append(remark);
  }
  typed = new Map();
}

function beside(control, remark) {
  remark.querySelector("[data-label]").classList.add("visually-hidden");
  if (!control.matches("textarea, select, input")) return void control.prepend(remark);
  const wrapper = control.closest(".cell-part, fieldset, .field") ?? control.parentElement;
  wrapper.insertBefore(remark, [...wrapper.children].find((child) => child === control || child.contains(control)));
}

async function answer(button) {
  const remark = button.closest(".desk-remark");
  if (remark.dataset.sent) return;
  remark.dataset.sent = "1";
  await saveNow();
  const body = new URLSearchParams({ do: button.dataset.do, answer: remark.querySelector("[data-answer]")?.value ?? "" });
  const response = await fetch(remark.dataset.url, {
    method: "POST", body, credentials: "same-origin", redirect: "manual", headers: { "X-CSRFToken": token() },
  }).catch(() => null);
  delete remark.dataset.sent;
  // Done is answered with the way to another page, which is not gone here.
  if (response?.type !== "opaqueredirect") return void sayRefused(desk().dataset.refused);
  const answered = remark.dataset.url;
  if (remark.querySelector("[data-answer]")) remark.querySelector("[data-answer]").value = "";
  await load();
  document.querySelector(`.desk-remark[data-url="${answered}"] button`)?.focus();
}

export function begin() {
  if (!desk().dataset.remarks) return;
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".desk-remark button[data-do]");
    if (button) answer(button);
  });
  document.addEventListener("desk:changed", (event) => event.detail.rows && load());
  load();
}
