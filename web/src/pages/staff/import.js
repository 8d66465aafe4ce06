// One import: its progress, and an answer for every row.

import { apiPath } from "../../core/api.js";
import { $, all, fill, withQuery } from "../../core/dom.js";
import { bindFilter, filterOf } from "../../lists/filter.js";
import { number } from "../../core/format.js";
import { linkBack } from "../../lists/place.js";
import { showProblem } from "../../core/problems.js";
import { roster } from "../../lists/roster.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { label, query, text } from "../../core/texts.js";
import { answers } from "../../core/watch.js";

/** Milliseconds without a new answer after which the page says that an import does not move. */
const STILL = 5 * 60_000;

const bar = /** @type {HTMLProgressElement} */ ($("#bar"));
const me = await whoAmI();
const path = apiPath`registration/institutions/${institutionOf(me)}/imports/${query("id")}`;
const filter = /** @type {HTMLFormElement} */ ($("#filter"));
const { start: show } = roster({ path: `${path}/answers`, each: notes, filters: () => filterOf(filter) });
bindFilter(filter, show);
linkBack("/instansi/impor/");
await follow();

/** Ask until the import has ended; the answers that are there already can be read meanwhile. */
async function follow() {
  let seen = 0;
  let moved = Date.now();
  try {
    for await (const job of answers(path)) {
      progress(job);
      const ended = ["SELESAI", "DITOLAK"].includes(job.state);
      if (job.done > 0 && (seen === 0 || ended)) await show();
      if (job.done > seen) moved = Date.now();
      seen = job.done;
      $("#stalled").hidden = ended || Date.now() - moved < STILL;
      if (ended) return;
    }
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.ImportView} job */
function progress(job) {
  fill(document, job);
  const share = job.rows ? Math.floor((job.done / job.rows) * 100) : 0;
  bar.value = job.state === "SELESAI" ? 100 : share;
  bar.hidden = job.state === "DITOLAK";
  $("#percent").textContent = job.rows ? `${number(job.done)} / ${number(job.rows)}` : "";
  $("#result").hidden = job.state !== "SELESAI";
  $("#result a").setAttribute("href", `/api/${path}/result`);
  $("#loading").hidden = true;
  $("#job").hidden = false;
}

/**
 * What to correct in a row, which criteria it does not pass, what is odd in it, and what a draft still lacks; its record.
 * @param {HTMLElement} element @param {registration.AnswerView} item
 */
function notes(element, item) {
  const record = $("[data-link]", element);
  if (item.id) withQuery(record, { id: item.id });
  else record.removeAttribute("href");
  for (const list of all("[data-problems]", element)) {
    list.replaceChildren(
      ...item.problems.map(note),
      ...item.criteria.map(criterion),
      ...item.warnings.map(note),
      ...(item.missing.length ? [note({ column: "", message: lacking(item.missing) })] : []),
    );
  }
}

/** @param {{column: string, message: string}} found */
function note({ column, message }) {
  return entry(column && label("columns", column), message);
}

/** @param {{column: string, message: string}} found */
function criterion({ column, message }) {
  return entry(label("criteria", column), message);
}

/** @param {string} name @param {string} message */
function entry(name, message) {
  const line = document.createElement("li");
  const about = document.createElement("strong");
  about.textContent = name ? `${name}: ` : "";
  line.append(about, message);
  return line;
}

/** @param {string[]} columns */
function lacking(columns) {
  return text("import.draft", { columns: columns.map((column) => label("columns", column)).join(", ") });
}
