// One person's account and activation sheet: a new sheet, and the tick at the counter.

import { api, apiPath, keyed } from "../../core/api.js";
import { $, all, fill, reveal } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { query } from "../../core/texts.js";
import { bindForm } from "../../form/form.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";

const UNLISTED = ["DRAF", "KONFLIK", "PINDAH", "DIHAPUS"];

const me = await whoAmI();
const code = institutionOf(me);
const id = query("id");
const path = apiPath`registration/institutions/${code}/people/${id}`;
const send = keyed();
/** The record as it was last read. */
let shown = /** @type {registration.PersonDetail} */ ({});

startCountdown(code);
for (const back of all(".govuk-back-link")) /** @type {HTMLAnchorElement} */ (back).search = location.search;
$("#order-sheet").addEventListener("click", order);
$("#claim-yes").addEventListener("click", () => wish("/reclaim", { agreed: true }, "#claim-voted"));
$("#claim-no").addEventListener("click", () => wish("/reclaim", { agreed: false }, "#claim-voted"));
$("#ask-sheet").addEventListener("click", () => wish("/sheet-requests"));
$("#agree-sheet").addEventListener("click", () => wish("/sheet-requests/decision", { agreed: true }));
$("#end-request").addEventListener("click", () => wish("/sheet-requests/decision", { agreed: false }));
bindForm(/** @type {HTMLFormElement} */ ($("#vouch-form")), {
  draft: false,
  send: (body, key) => api("POST", `${path}/identity`, { body: { v: shown.v, ...body }, key }),
  done: async ({ assurance }) => {
    const { account = "", enrolment = "" } = $("#vouched").dataset;
    $("#vouched").textContent = assurance ? account : enrolment;
    await load();
    reveal($("#vouched"));
  },
});
await load();

async function load() {
  try {
    show(await api("GET", path));
  } catch (problem) {
    showProblem(problem);
  }
}

/** Who has no account is vouched for by the digits of his page; who has one needs it once. @param {registration.PersonDetail} person */
function show(person) {
  shown = person;
  fill(document, {
    ...person,
    reclaim_by_staff: person.reclaim && !person.reclaim.until,
    voices: person.reclaim?.voices.map((voice) => voice.by.name ?? "").join(", "),
  });
  const listed = !UNLISTED.includes(person.state) && !person.own_record;
  $("#no-account").hidden = person.has_account;
  $("#digits-part").hidden = person.has_account;
  $("#new-sheet").hidden = person.has_account || !listed || me.role === "verifikator";
  $("#owner-sheet").hidden = !person.has_account || !listed || me.role === "verifikator";
  const asked = Boolean(person.sheet.asked_at);
  $("#ask-sheet").hidden = asked;
  for (const button of ["#agree-sheet", "#end-request"]) $(button).hidden = !asked;
  $("#vouch").hidden = !listed || (person.has_account && person.assurance !== "BELUM_DIPASTIKAN");
  const known = /** @type {HTMLInputElement} */ ($("#vouch-form [value=KENAL]"));
  /** @type {HTMLElement} */ (known.parentElement).hidden = !person.has_account;
  $("#loading").hidden = true;
  $("#person").hidden = false;
}

async function order() {
  try {
    const sheets = apiPath`registration/institutions/${code}/sheets`;
    await send({ person: id }, (key) => api("POST", sheets, { body: { person: id }, key }));
    await load();
    reveal($("#sheet-ordered"));
  } catch (problem) {
    showProblem(problem);
  }
}

/**
 * A sheet for who has an account: asked for, agreed to by a second one, or let be; and what he finds of a claim.
 * @param {string} deed @param {object} [body] @param {string} [told] what is said then
 */
async function wish(deed, body, told) {
  try {
    const done = await send({ deed, body }, (key) => api("POST", path + deed, { body, key }));
    await load();
    if (told ?? done.printing) reveal($(told ?? "#sheet-agreed"));
  } catch (problem) {
    showProblem(problem);
  }
}
