// A verdict that was drawn for a second check: what another one said of it and, on the page of verdicts, the form of whoever
// may say it. Few records have one, so no page carries it.

import { api, apiPath } from "../core/api.js";
import { $, all, fill, reveal } from "../core/dom.js";
import { fragment } from "../core/fragment.js";
import { label, query } from "../core/texts.js";
import { bindForm } from "../form/form.js";

/** @typedef {registration.PersonDetail} Person */

/** Whether a check was saved on this page that nobody has been told of. */
let saved = false;

/** @param {Person} person */
export async function showSecond(person) {
  const markup = document.createRange().createContextualFragment(await fragment("/bagian/pemeriksaan.htm"));
  const panels = $('[data-rows="decisions"]').children;
  person.decisions.forEach((decision, at) => tell(panels[at], $("[data-said]", markup), person, at));
  offer(markup, person);
}

/** What was said of a verdict, beside it. @param {Element} panel @param {HTMLElement} line @param {Person} person @param {number} at */
function tell(panel, line, { decisions, deciding }, at) {
  const { drawn, second } = decisions[at];
  const waits = deciding.second !== null && at === decisions.length - 1;
  if (!drawn || !(second || waits)) return;
  const copy = /** @type {HTMLElement} */ (line.cloneNode(true));
  const on = second?.criteria.map((each) => label("criteria", each)).join(", ");
  fill(copy, { waits, second, on, dissents: second && !second.agrees });
  panel.append(copy);
}

/** Ask for his word, or say why it is not asked. @param {DocumentFragment} markup @param {Person} person */
function offer(markup, person) {
  for (const old of all("#second-form, [data-hindered], #second-saved")) old.remove();
  const desk = document.querySelector("#form")?.closest("[data-while]");
  const { second } = person.deciding;
  if (desk && saved) tellSaved(desk, $("#second-saved", markup));
  if (!desk || !second || person.own_record) return;
  const form = /** @type {HTMLFormElement} */ ($("#second-form", markup));
  const why = $("[data-hindered]", markup);
  fill(why, second);
  desk.prepend(second.why ? why : form);
  if (!second.why) bind(form, person);
}

/** @param {HTMLFormElement} form @param {Person} person */
function bind(form, { id, v, nama, state, institution: { code } }) {
  const path = apiPath`registration/institutions/${code}/people/${id}/verdicts/check`;
  const dissent = $("[data-dissent]", form);
  form.addEventListener("change", () => (dissent.hidden = !form.querySelector("[name=agrees][value=false]:checked")));
  bindForm(form, {
    draft: false,
    add: () => ({ criteria: all("[data-second]:checked", form).map((box) => box.dataset.second) }),
    send: ({ agrees, criteria, second_reason: reason }, key) =>
      api("POST", path, { body: agrees ? { v, agrees } : { v, agrees, criteria, reason }, key }),
    done: () => (query("antrean") ? goOn(code, { id, nama, state }) : again()),
  });
}

/** @param {Element} desk @param {HTMLElement} words */
function tellSaved(desk, words) {
  saved = false;
  desk.prepend(words);
  reveal(words);
}

/** Read the record anew; it tells then that the check is saved. */
function again() {
  saved = true;
  document.dispatchEvent(new Event("checked"));
}

/** In the queue, the next one. @param {string} code @param {{id: string, nama: string, state: string}} before */
async function goOn(code, before) {
  (await import("./turn.js")).decided(code, before);
}
