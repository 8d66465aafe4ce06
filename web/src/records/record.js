// What staff see of a record, wherever they work with it: what the rules say, papers, warnings, earlier decisions.

import { paperPath } from "../core/api.js";
import { $, all, fill, rows } from "../core/dom.js";
import { showFaults } from "../core/errors.js";
import { label, text } from "../core/texts.js";

/** @typedef {registration.PersonDetail} Person */

/**
 * Fill the parts of templates/parts/record.html.
 * @param {Person} person
 */
export function showRecord(person) {
  fill(document, { ...person, record: { ...person.record, nik: person.nik_masked } });
  const notes = [...person.missing, ...person.warnings];
  rows("notes", notes);
  $("#notes").hidden = notes.length === 0;
  const others = person.claims.filter((claim) => claim.institution.code !== person.institution.code);
  rows("claims", others);
  $("#claims").hidden = others.length === 0;
  $("#inactive").hidden = person.active !== false;
  rows("files", person.files, { each: opener });
  rows("decisions", person.decisions.map(grounds), { each: verdicts });
  changes(person);
}

/** What was changed after the verdict: few records have any. @param {Person} person */
async function changes({ changes }) {
  $("#changes").hidden = changes.length === 0;
  if (changes.length === 0) return;
  try {
    const { showChanges } = await import("./changes.js");
    showChanges(changes);
  } catch {
    showFaults(text("network_title"), [{ message: text("network") }]);
  }
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

/** @param {HTMLElement} element @param {registration.FileView} file */
function opener(element, file) {
  for (const anchor of all("[data-open]", element)) {
    anchor.hidden = file.state !== "DITERIMA";
    anchor.setAttribute("href", paperPath(file.id));
  }
}
