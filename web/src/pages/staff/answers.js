// Answers kept for reuse on the pages of cases: an institution's, or bkn's.

import { api, apiPath, newKey, Problem } from "../../core/api.js";
import { $, fill, reveal, rows } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { whoAmI } from "../../session/session.js";

/** As many as are kept. */
const MOST = 50;

const me = await whoAmI();
const path = apiPath`announcements/institutions/${me.institution?.code ?? "nasional"}/answers`;
const form = /** @type {HTMLFormElement} */ ($("#keep"));
/** @type {announcements.AnswersView} */
let shown;
/** Which one is being changed; none: another is added. @type {number | null} */
let changing = null;

bindForm(form, {
  send: ({ title, text }, key) => put(kept({ title, text }), key),
  done: (view) => {
    form.reset();
    told(view, "kept");
  },
});
try {
  show(await api("GET", path));
} catch (problem) {
  showProblem(problem);
}

/** @param {announcements.AnswersView} view */
function show(view) {
  shown = view;
  fill(document, { editable: view.editable, reads: !view.editable });
  rows("answers", view.answers.map((answer) => ({ ...answer, editable: view.editable })));
  [...$("[data-rows=answers]").children].forEach((element, at) => {
    $("[data-change]", element).addEventListener("click", () => change(at));
    $("[data-drop]", element).addEventListener("click", () => drop(at));
  });
  write(null);
  $("#loading").hidden = true;
  $("#shown").hidden = false;
}

/** Have the form write this one, or another. @param {number | null} at */
function write(at) {
  changing = at;
  const full = at === null && shown.answers.length >= MOST;
  form.hidden = !shown.editable || full;
  $("#full").hidden = !shown.editable || !full;
  $("#adds").hidden = at !== null;
  $("#changes").hidden = at === null;
}

/** @param {number} at */
function change(at) {
  write(at);
  for (const [name, value] of Object.entries(shown.answers[at] ?? {})) /** @type {HTMLInputElement} */ ($(`#${name}`)).value = value;
  $("#title").focus();
}

/** @param {number} at */
async function drop(at) {
  if (!(await confirmed("ask-drop"))) return;
  try {
    told(await put(shown.answers.filter((_, each) => each !== at), newKey()), "dropped");
  } catch (problem) {
    showProblem(problem);
  }
}

/** All of them with this one in its place. @param {announcements.AnswerText} answer */
const kept = (answer) => (changing === null ? [...shown.answers, answer] : shown.answers.map((each, at) => (at === changing ? answer : each)));

/**
 * What is wrong with one is said at the form's own fields.
 * @param {announcements.AnswerText[]} answers
 * @param {string} key
 */
async function put(answers, key) {
  try {
    return await api("PUT", path, { body: { v: shown.v, answers }, key });
  } catch (problem) {
    if (problem instanceof Problem) for (const fault of problem.fields) fault.field = fault.field.split(".").at(-1) ?? "";
    throw problem;
  }
}

/** @param {announcements.AnswersView} view @param {"kept" | "dropped"} what */
function told(view, what) {
  show(view);
  $("#saved").textContent = $("#saved").dataset[what] ?? "";
  reveal($("#saved"));
}
