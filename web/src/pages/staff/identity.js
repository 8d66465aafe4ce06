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
  fill(document, person);
  const listed = !UNLISTED.includes(person.state) && !person.own_record;
  $("#no-account").hidden = person.has_account;
  $("#digits-part").hidden = person.has_account;
  $("#new-sheet").hidden = person.has_account || !listed || me.role === "verifikator";
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
