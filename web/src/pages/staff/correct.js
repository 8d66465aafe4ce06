// Perbaiki data: any registered field of one person, old beside new, and why.

import { api, apiPath } from "../../core/api.js";
import { $, all, fill, rows, withQuery } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { showProblem } from "../../core/problems.js";
import { label, link, query, text } from "../../core/texts.js";
import { prefill, values } from "../../form/values.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { tellNext } from "../../session/told.js";
import { startCountdown } from "../../time/countdown.js";
import { fieldName, fieldValue } from "../../records/fields.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const me = await whoAmI();
const id = query("id");
const path = apiPath`registration/institutions/${institutionOf(me)}/people/${id}`;
/** The record as it was read. */
let stored = /** @type {registration.PersonDetail} */ ({});
for (const back of all(".govuk-back-link")) withQuery(back, { id });
startCountdown(institutionOf(me));
try {
  stored = await api("GET", path);
  show();
} catch (problem) {
  showProblem(problem);
}

function show() {
  fill(document, { nama: stored.nama, nomor_registrasi: stored.nomor_registrasi });
  const may = stored.correctable && !stored.own_record;
  $("#not").hidden = may;
  if (!may) return form.remove();
  $("#decided").hidden = !["MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"].includes(stored.state);
  bindForm(form, { send, done });
  prefill(form, stored.record);
  for (const event of ["input", "change"]) form.addEventListener(event, compare);
  compare();
}

/** What differs from what is stored, under the names of the interface; null takes a value away. */
function changed() {
  const { reason: _, ...typed } = values(form);
  return Object.fromEntries(Object.entries(typed).filter(([name, now]) => String(now ?? "") !== String(stored.record[name] ?? "")));
}

function compare() {
  const differences = Object.entries(changed()).map(([name, now]) => ({
    field: fieldName(name),
    before: fieldValue(name, stored.record[name] ?? null),
    after: fieldValue(name, now),
  }));
  rows("differences", differences);
}

/** @param {Record<string, any>} body @param {string} key */
function send({ reason }, key) {
  return api("POST", `${path}/corrections`, { body: { v: stored.v, reason, ...changed() }, key });
}

/** @param {registration.CorrectedView} answer */
function done({ fields, voided }) {
  const names = fields.map((name) => fieldName(name)).join(", ");
  const lines = [text("corrected.saved", { fields: names })];
  if (voided.length) lines.push(text("corrected.voided", { criteria: voided.map((name) => label("criteria", name)).join(", ") }));
  tellNext(lines.join(" "));
  location.replace(`${link("/instansi/orang/detail/")}?id=${encodeURIComponent(id)}`);
}
