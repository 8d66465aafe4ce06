// Keberatan: the person objects to his verdict, and answers what others report of him.

import { api, apiPath } from "../../core/api.js";
import { $, fill, rows } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { go } from "../../core/texts.js";
import { bindForm } from "../../form/form.js";
import { named } from "../../form/named.js";
import { keep } from "../../form/opened.js";
import { whoAmI } from "../../session/session.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
/** @type {string | null} */
let objection = null;

await whoAmI(["honorer"]);
bindForm(form, {
  draft: false,
  send: (body, key) => api("POST", "announcements/keberatan", { body: { ...body, objection }, key }),
  done: ({ number, code }) => {
    keep("case", { number, code });
    go("/laporan/");
  },
});
await load();

async function load() {
  try {
    await show(await api("GET", "registration/me/objection"));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.ObjectionView} view */
async function show(view) {
  objection = view.token ?? null;
  fill(document, view);
  const reports = await Promise.all(view.cases.map(withReport));
  rows("cases", reports, { each: answerable });
  $("#cases").hidden = reports.length === 0;
  rows("annotations", view.annotations);
  $("#annotations").hidden = view.annotations.length === 0;
  form.hidden = !view.token;
  $("#over").hidden = Boolean(view.token) || !view.until;
  $("#none").hidden = Boolean(view.token) || Boolean(view.until) || reports.length > 0 || view.annotations.length > 0;
  $("#loading").hidden = true;
  $("#shown").hidden = false;
}

/** What a tanggapan says is announcements' to tell. @param {registration.PersonCase} one */
async function withReport(one) {
  if (one.kind !== "TANGGAPAN") return { ...one, his: true, can_answer: false };
  const told = await api("GET", apiPath`announcements/me/reports/${one.number}`);
  return { ...one, ...told, said: told.said.join("\n\n"), about: true, answered: told.answer };
}

/** @param {HTMLElement} element @param {{number: string, can_answer: boolean}} one */
function answerable(element, { number, can_answer }) {
  const answer = /** @type {HTMLFormElement} */ ($("[data-answer]", element));
  answer.hidden = !can_answer;
  if (!can_answer) return;
  named($("textarea", answer), `answer-${number}`);
  const path = apiPath`announcements/me/reports/${number}/answer`;
  bindForm(answer, { draft: false, send: (body, key) => api("POST", path, { body, key }), done: load });
}
