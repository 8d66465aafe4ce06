// One import: its progress, an answer for every row, and the admin's word where it would void many verdicts.

import { api, apiPath, keyed } from "../../core/api.js";
import { $, all, fill, reveal, withQuery } from "../../core/dom.js";
import { bindFilter, filterOf } from "../../lists/filter.js";
import { number } from "../../core/format.js";
import { linkBack } from "../../lists/place.js";
import { showProblem } from "../../core/problems.js";
import { roster } from "../../lists/roster.js";
import { confirmed } from "../../form/confirm.js";
import { fieldName, fieldValue } from "../../records/fields.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { label, query, text } from "../../core/texts.js";
import { answers } from "../../core/watch.js";
import { startCountdown } from "../../time/countdown.js";

/** Milliseconds without a new answer after which the page says that an import does not move. */
const STILL = 5 * 60_000;
/** States in which an import has an answer for every row. */
const ANSWERED = ["SELESAI", "MENUNGGU_KONFIRMASI"];

const bar = /** @type {HTMLProgressElement} */ ($("#bar"));
const me = await whoAmI();
const path = apiPath`registration/institutions/${institutionOf(me)}/imports/${query("id")}`;
const filter = /** @type {HTMLFormElement} */ ($("#filter"));
const { start: show } = roster({ path: `${path}/answers`, each: notes, filters: () => filterOf(filter) });
bindFilter(filter, show);
linkBack("/instansi/impor/");
startCountdown(institutionOf(me));
bind();
await follow();

/** Ask until the import has ended; the answers that are there already can be read meanwhile. */
async function follow() {
  let seen = 0;
  let moved = Date.now();
  try {
    for await (const job of answers(path)) {
      progress(job);
      const ended = [...ANSWERED, "DITOLAK"].includes(job.state);
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
  bar.value = ANSWERED.includes(job.state) ? 100 : share;
  bar.hidden = job.state === "DITOLAK";
  $("#percent").textContent = job.rows ? `${number(job.done)} / ${number(job.rows)}` : "";
  $("#result").hidden = !ANSWERED.includes(job.state);
  $("#result a").setAttribute("href", `/api/${path}/result`);
  $("#hold").hidden = job.state !== "MENUNGGU_KONFIRMASI";
  $("#withdrawn").hidden = job.state !== "SELESAI" || job.held === 0;
  $("#loading").hidden = true;
  $("#job").hidden = false;
}

/** The admin lets the rows that are held be corrected, or they are left as they are. */
function bind() {
  const outcome = /** @type {HTMLSelectElement} */ ($("#outcome"));
  $("#see-held").addEventListener("click", async () => {
    outcome.value = "DITAHAN";
    await show();
    reveal(outcome);
  });
  for (const [name, way] of [["confirm", "confirmation"], ["withdraw", "withdrawal"]]) settle(name, way);
}

/** @param {string} name of the button and its question @param {string} way */
function settle(name, way) {
  const send = keyed();
  const button = /** @type {HTMLButtonElement} */ ($(`#${name}`));
  button.addEventListener("click", async () => {
    if (!(await confirmed(`ask-${name}`))) return;
    button.disabled = true;
    try {
      await send({}, (key) => api("POST", `${path}/${way}`, { key }));
      await follow();
    } catch (problem) {
      showProblem(problem);
    } finally {
      button.disabled = false;
    }
  });
}

/**
 * What was corrected by a row, what to correct in it, which criteria it does not pass, what is odd in it, and what a draft still lacks; its record.
 * @param {HTMLElement} element @param {registration.AnswerView} item
 */
function notes(element, item) {
  const record = $("[data-link]", element);
  if (item.id) withQuery(record, { id: item.id });
  else record.removeAttribute("href");
  for (const list of all("[data-problems]", element)) {
    list.replaceChildren(
      ...item.changes.map(change),
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

/** @param {{column: string, before: any, after: any}} found */
function change({ column, before, after }) {
  return entry(fieldName(column), `${fieldValue(column, before)} → ${fieldValue(column, after)}`);
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
