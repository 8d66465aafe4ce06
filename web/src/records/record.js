// What staff see of a record, wherever they work with it: what the rules say, papers, warnings.

import { Problem } from "../core/api.js";
import { $, fill, rows } from "../core/dom.js";
import { showFaults } from "../core/errors.js";
import { showProblem } from "../core/problems.js";
import { text } from "../core/texts.js";

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
  beside(person);
}

/** What few records have is fetched where it is there. @param {Person} person */
function beside(person) {
  const { changes, stated, decisions } = person;
  $("#changes").hidden = changes.length === 0;
  if (decisions.length === 0) rows("decisions", decisions);
  later(async () => {
    if (changes.length) (await import("./changes.js")).showChanges(changes);
    if (stated.length) await (await import("./stated.js")).showStated(stated);
    if (decisions.length) await (await import("./decided.js")).showDecisions(person);
  });
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

/** A file is looked at below the list of files. @param {HTMLElement} element @param {registration.FileView} file @param {Person} person */
function opener(element, file, { id, histories }) {
  const button = $("[data-open]", element);
  button.hidden = file.state !== "DITERIMA";
  button.onclick = () => later(async () => (await import("./viewer.js")).view($("#viewer"), id, file, histories));
}
