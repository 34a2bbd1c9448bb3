// The decision page's improvements; without this script its form serves by itself.
const form = document.getElementById("decision");
const opinion = document.getElementById("opinion");

document.querySelectorAll(".with-script").forEach((part) => { if (part.id !== "pin-bar") part.hidden = false; });
document.querySelectorAll(".without-script").forEach((part) => { part.hidden = true; });

// Ready words go into the opinion, where they can be changed; another choice takes the place of the first.
const lines = () => opinion.value.split("\n").map((line) => line.trim()).filter(Boolean);
const choices = form ? [...form.querySelectorAll("input[name=preset]")] : [];
const write = (next) => {
  opinion.value = next.join("\n");
  opinion.dispatchEvent(new Event("input", { bubbles: true }));
};
const settle = () => {
  const said = lines();
  choices.forEach((choice) => { choice.checked = said.includes(choice.value); });
};
choices.forEach((choice) => {
  choice.addEventListener("change", () => {
    const others = choices.map((one) => one.value);
    write([choice.value, ...lines().filter((line) => !others.includes(line))]);
  });
  // Chosen once more it is taken back.
  const label = choice.closest("label");
  label.addEventListener("pointerdown", () => { label.dataset.was = choice.checked ? "yes" : ""; });
  choice.addEventListener("click", () => {
    if (!label.dataset.was) return;
    label.dataset.was = "";
    write(lines().filter((line) => line !== choice.value));
  });
});
if (opinion) {
  const waiting = choices.find((choice) => choice.checked);
  if (waiting && !lines().includes(waiting.value)) write([waiting.value, ...lines()]);
  opinion.addEventListener("input", settle);
  settle();
}

// A link of the action bar opens the part it leads to.
function openTarget() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  const folded = target && target.closest("details");
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView({ block: "start" });
}
window.addEventListener("hashchange", openTarget);
document.addEventListener("click", (event) => { if (event.target.closest(".action-bar a")) window.setTimeout(openTarget); });
openTarget();

// Pressed with nothing written: the officer is led to the opinion and told there, instead of by another page.
const missing = document.getElementById("opinion-missing");
const miss = (isMissing) => {
  missing.hidden = !isMissing;
  if (isMissing) opinion.setAttribute("aria-invalid", "true"); else opinion.removeAttribute("aria-invalid");
};
if (opinion) opinion.addEventListener("input", () => miss(false));
document.addEventListener("click", (event) => {
  if (!event.target.closest("button[value=forward]") || opinion.value.trim()) return;
  event.preventDefault();
  miss(true);
  opinion.scrollIntoView({ block: "center" });
  opinion.focus();
});

// Pressed without the code that a signature wants: led to its box, which stands above the buttons that stay in view.
const code = document.getElementById("proof-code");
const codeMissing = document.getElementById("proof-missing");
if (code) code.addEventListener("input", () => { codeMissing.hidden = true; });
document.addEventListener("click", (event) => {
  const signs = event.target.closest("button[value=forward], button[value=confirm], button[value=refuse]");
  if (event.defaultPrevented || !signs || !code || code.hidden || code.value.trim()) return;
  event.preventDefault();
  codeMissing.hidden = false;
  code.scrollIntoView({ block: "center" });
  code.focus();
});

// Remarks: while pinning, a tap on a text of the content opens a box beside it. The boxes belong to the form.
const bar = document.getElementById("pin-bar");
const count = document.getElementById("pinned-count");
const template = document.getElementById("remark-box");
const places = () => [...document.querySelectorAll(".paper [id^='at-']")];
let last = Math.max(0, ...[...document.querySelectorAll("[name^='remark-']")].map((field) => Number(field.name.split("-")[1])));

const digits = (number) => number.toLocaleString(document.documentElement.lang === "th" ? "th-TH-u-nu-thai" : "en");
function tell() {
  const number = document.querySelectorAll(".remark-box").length;
  count.textContent = number ? count.dataset.some.replace("#", digits(number)) : count.dataset.none;
}

function open(place) {
  const there = place.querySelector(":scope > .remark-box textarea");
  if (there) return there.focus();
  last += 1;
  const box = template.content.firstElementChild.cloneNode(true);
  const [label, text, hidden] = [box.querySelector("label"), box.querySelector("textarea"), box.querySelector("input")];
  text.id = `remark-${last}`;
  text.name = `remark-${last}-text`;
  label.htmlFor = text.id;
  label.textContent = document.querySelector(".remark-rows .form-label").textContent;
  hidden.name = `remark-${last}-place`;
  hidden.value = place.id.slice("at-".length);
  place.append(box);
  tell();
  text.focus();
}

function pinning(on) {
  document.body.classList.toggle("pinning", on);
  bar.hidden = !on;
  document.querySelectorAll(".pin-here").forEach((button) => button.remove());
  if (!on) return;
  places().forEach((place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pin-here visually-hidden-focusable";
    button.textContent = "+";
    button.setAttribute("aria-label", bar.querySelector("span").textContent);
    button.setAttribute("aria-describedby", place.id);
    place.append(button);
  });
  // The next Tab leads to the content's first text.
  const words = document.getElementById("words");
  words.tabIndex = -1;
  words.focus({ preventScroll: true });
  words.scrollIntoView();
}

/** Back to where remarks are sent from, whichever key or button ended it. */
function pinned() {
  pinning(false);
  document.getElementById("send-back").scrollIntoView({ block: "start" });
  form.querySelector("button[value=send_back]").focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-pinning]")) return pinning(true);
  if (event.target.closest("[data-pinned]")) return pinned();
  const unpin = event.target.closest("[data-unpin]");
  if (unpin) {
    const place = unpin.closest("[id^='at-']");
    unpin.closest(".remark-box").remove();
    place.querySelector(":scope > .pin-here")?.focus();
    return tell();
  }
  if (!document.body.classList.contains("pinning") || event.target.closest(".remark-box, a")) return undefined;
  const place = event.target.closest(".paper [id^='at-']");
  return place ? open(place) : undefined;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("pinning")) pinned();
});
if (count) tell();
