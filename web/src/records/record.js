// What staff see of a record, wherever they work with it: what the rules say, papers, warnings, earlier decisions.

import { Problem } from "../core/api.js";
import { $, fill, rows } from "../core/dom.js";
import { showFaults } from "../core/errors.js";
import { showProblem } from "../core/problems.js";
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
  rows("risks", person.risks ?? []);
  $("#risks").hidden = !person.risks?.length;
  const others = person.claims.filter((claim) => claim.institution.code !== person.institution.code);
  rows("claims", others);
  $("#claims").hidden = others.length === 0;
  $("#inactive").hidden = person.active !== false;
  rows("files", person.files, { each: (element, file) => opener(element, file, person) });
  rows("decisions", person.decisions.map(grounds), { each: verdicts });
  changes(person);
}

/** What was changed after the verdict: few records have any. @param {Person} person */
async function changes({ changes }) {
  $("#changes").hidden = changes.length === 0;
  if (changes.length === 0) return;
  await later(async () => (await import("./changes.js")).showChanges(changes));
}

/** Do what needs more of the site than the page came with; who has no connection is told, and asks again. @param {() => Promise<void>} deed */
async function later(deed) {
  try {
    await deed();
  } catch (problem) {
    if (problem instanceof Problem) showProblem(problem);
    else showFaults(text("network_title"), [{ message: text("network") }]);
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

/** A file is looked at below the list of files. @param {HTMLElement} element @param {registration.FileView} file @param {Person} person */
function opener(element, file, { id, histories }) {
  const button = $("[data-open]", element);
  button.hidden = file.state !== "DITERIMA";
  button.onclick = () => later(async () => (await import("./viewer.js")).view($("#viewer"), id, file, histories));
}
