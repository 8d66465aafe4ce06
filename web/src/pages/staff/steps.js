// How far a person is, for the help desk: his steps, a sheet, and a reset that a second member of staff confirms.

import { api, apiPath, keyed } from "../../core/api.js";
import { $, fill, reveal, rows } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { link, query } from "../../core/texts.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";

const UNLISTED = ["DRAF", "KONFLIK", "PINDAH", "DIHAPUS"];

const me = await whoAmI();
const code = institutionOf(me);
const id = query("id");
const path = apiPath`registration/institutions/${code}/people/${id}`;
const send = keyed();

startCountdown(code);
$("#order-sheet").addEventListener("click", () => ask(apiPath`registration/institutions/${code}/sheets`, { person: id }, "#sheet-ordered"));
$("#ask-sheet").addEventListener("click", () => ask(`${path}/sheet-requests`));
await load();

async function load() {
  try {
    show(await api("GET", `${path}/steps`));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.PersonSteps} person */
function show(person) {
  const todo = Object.fromEntries(Object.entries(person.steps).map(([step, done]) => [step, !done]));
  fill(document, { ...person, todo });
  rows("missing", person.missing);
  rows("progress", person.progress);
  const place = `${link("/instansi/laporan/lihat/")}?nomor=`;
  rows("cases", person.cases.map((one) => ({ ...one, place: place + encodeURIComponent(one.number) })));
  const workable = !UNLISTED.includes(person.state) && !person.own_record;
  $("#missing").hidden = person.missing.length === 0;
  $("#cases").hidden = person.cases.length === 0;
  rows("annotations", person.annotations);
  $("#annotations").hidden = person.annotations.length === 0;
  $("#no-account").hidden = person.has_account;
  $("#new-sheet").hidden = person.has_account || !workable;
  $("#owner-sheet").hidden = !person.has_account || !workable;
  $("#ask-sheet").hidden = Boolean(person.sheet.asked_at);
  $("#loading").hidden = true;
  $("#person").hidden = false;
}

/** @param {string} to @param {object} [body] @param {string} [told] what is said then */
async function ask(to, body, told) {
  try {
    await send({ to, body }, (key) => api("POST", to, { body, key }));
    await load();
    if (told) reveal($(told));
  } catch (problem) {
    showProblem(problem);
  }
}
