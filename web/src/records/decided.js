// Every decision on a record so far, criterion by criterion, as staff see it.

import { $, fill, rows } from "../core/dom.js";
import { label } from "../core/texts.js";

/** @typedef {registration.PersonDetail} Person */

/** @param {Person} person */
export async function showDecisions(person) {
  rows("decisions", person.decisions.map(grounds), { each: verdicts });
  if (person.decisions.some(({ drawn }) => drawn)) await (await import("./second.js")).showSecond(person);
}

/** @param {string[]} kinds */
const named = (kinds) => kinds.map((jenis) => label("files", jenis)).join(", ");

/** A decision with the papers it was given without, and what it asks to mend, in words. @param {Person["decisions"][number]} decision */
function grounds(decision) {
  return {
    ...decision,
    without: named(decision.without_papers),
    not_opened: named(decision.unopened),
    to_mend: decision.mend.map((each) => label("mend", each)).join(", "),
    criteria_text: decision.criteria.length > 0,
  };
}

/** @param {HTMLElement} element @param {Person["decisions"][number]} decision */
function verdicts(element, { criteria }) {
  const template = /** @type {HTMLTemplateElement} */ ($('template[data-row="verdicts"]'));
  const made = criteria.map((each) => {
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    fill(copy, { ...each, why: [each.sentence, each.text].filter(Boolean).join(" ") });
    return copy;
  });
  $("[data-criteria]", element).replaceChildren(...made);
}
