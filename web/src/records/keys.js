// One-letter shortcuts, for whoever decides on many records. They can be turned off (WCAG 2.2, 2.1.4), do nothing while one
// types, and everything they do can be done without them.

import { $, all } from "../core/dom.js";
import { showFaults } from "../core/errors.js";
import { fragment } from "../core/fragment.js";
import { label, query, text } from "../core/texts.js";
import { filesOf } from "./openings.js";

/** Remembered in this browser that somebody wants no shortcuts. */
const OFF = "keys-off";

/**
 * @typedef {object} Desk
 * @property {HTMLFormElement} form of the verdicts
 * @property {HTMLElement[]} criteria its fieldsets, in their order
 * @property {(fieldset: HTMLElement, verdict: string) => unknown[]} asks why a verdict needs a reason
 * @property {() => {id: string, state: string}[]} files the record's papers, in the order in which they are listed
 * @property {() => void} next the next record
 */

/** @param {Desk} desk */
export function bindKeys(desk) {
  $("#show-keys").hidden = false;
  $("#show-keys").addEventListener("click", help);
  const deeds = deedsOf(desk);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && isTypedInto(event.target)) return goOn(desk, event);
    const saves = event.ctrlKey && event.key === "Enter";
    if (!saves && (event.ctrlKey || localStorage.getItem(OFF) || isTypedInto(event.target))) return;
    const deed = deeds[saves ? "s" : event.key.toLowerCase()];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
}

/** Out of a reason, to the next criterion that has no verdict. @param {Desk} desk @param {KeyboardEvent} event */
function goOn({ criteria }, event) {
  const here = criteria.find((each) => each.contains(/** @type {Node} */ (event.target)));
  if (!here) return;
  event.preventDefault();
  stand(criteria.find((each) => !chosen(each)) ?? here);
}

/** Show the shortcuts, and let them be turned on and off. */
async function help() {
  if (!document.getElementById("keys")) {
    const markup = await fragment("/bagian/pintasan.htm").catch(() => "");
    if (!markup) return showFaults(text("network_title"), [{ message: text("network") }]);
    document.body.append(document.createRange().createContextualFragment(markup));
    const on = /** @type {HTMLInputElement} */ ($("#keys-on"));
    on.checked = !localStorage.getItem(OFF);
    on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  }
  /** @type {HTMLDialogElement} */ ($("#keys")).showModal();
}

/** What each key does. @param {Desk} desk @returns {Record<string, () => void>} */
function deedsOf(desk) {
  const numbers = desk.criteria.map((fieldset, at) => [String(at + 1), () => stand(fieldset)]);
  return {
    ...Object.fromEntries(numbers),
    l: () => choose(desk, "LOLOS"),
    t: () => choose(desk, "TIDAK"),
    b: () => openPaper(desk),
    s: () => desk.form.hidden || desk.form.requestSubmit(),
    n: desk.next,
    "?": help,
  };
}

/** What is chosen on a criterion. @param {HTMLElement} fieldset @returns {HTMLElement | null} */
const chosen = (fieldset) => fieldset.querySelector("[type=radio]:checked");

/** Go to a criterion: to what is chosen there, or to what can be. @param {HTMLElement} fieldset */
function stand(fieldset) {
  (chosen(fieldset) ?? $("[type=radio]", fieldset)).focus();
}

/**
 * Choose a verdict on the criterion where the focus is, else on the first that has none; go on to its reason where one is
 * needed, else to the next that has no verdict.
 * @param {Desk} desk
 * @param {string} verdict
 */
function choose({ form, criteria, asks }, verdict) {
  const without = () => criteria.find((each) => !chosen(each));
  const fieldset = criteria.find((each) => each.contains(document.activeElement)) ?? without();
  if (form.hidden || !fieldset) return;
  const radio = /** @type {HTMLInputElement} */ ($(`[value="${verdict}"]`, fieldset));
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  const asked = asks(fieldset, verdict).length > 0;
  if (asked) $("select", fieldset).focus();
  else stand(without() ?? fieldset);
  const said = { criterion: label("criteria", fieldset.dataset.criterion ?? ""), verdict: label("verdicts", verdict) };
  $("#said").textContent = text(asked ? "judge.why" : "judge.chosen", said);
}

/** Open the first paper that was not opened yet. @param {Desk} desk */
function openPaper({ files }) {
  const opened = filesOf(query("id"));
  const at = files().findIndex((file) => file.state === "DITERIMA" && !opened.has(file.id));
  if (at >= 0) all("[data-open]", $("#files"))[at].click();
}

/** Whether letters go into this element. @param {EventTarget | null} target */
const isTypedInto = (target) => target instanceof HTMLElement && target.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
