// Perbaikan data: what the person asked to have put right, and what became of it.

import { api, apiPath, keyed } from "../../core/api.js";
import { $, fill, rows } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { go } from "../../core/texts.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { named } from "../../form/named.js";
import { showRequest } from "../../records/requests.js";
import { whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";

const OPEN = ["DIAJUKAN", "TINJAU_ULANG"];
const send = keyed();
const me = await whoAmI(["honorer"]);
startCountdown(me.institution?.code);
await load();

async function load() {
  try {
    show(await api("GET", "registration/me/requests"));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.OwnRequests} own */
function show(own) {
  const items = own.items.map((item) => ({ ...item, is_open: OPEN.includes(item.state) }));
  rows("items", items, { each: (element, item) => entry(element, item, own.v) });
  fill($("#return"), own);
  fill($("#answer"), own);
  $("#return").hidden = !own.returnable;
  $("#answer").hidden = !own.answer;
  $("#ask-new").hidden = !own.askable;
  $("#not-askable").hidden = own.askable || own.returnable;
  $("#come-back").onclick = () => comeBack(own.v);
  $("#loading").hidden = true;
  $("#list").hidden = false;
}

/** @param {HTMLElement} element @param {registration.RequestView} item @param {number} v */
function entry(element, item, v) {
  showRequest(element, item);
  const withdraw = $("[data-withdraw]", element);
  withdraw.hidden = !OPEN.includes(item.state);
  withdraw.addEventListener("click", () => takeBack(item.id, v));
  const form = /** @type {HTMLFormElement} */ ($("[data-appeal]", element));
  form.hidden = !item.appeal_until;
  if (!item.appeal_until) return;
  named($("textarea", form), `appeal-${item.id}`);
  const path = apiPath`registration/me/requests/${item.id}/second-look`;
  bindForm(form, { draft: false, send: (body, key) => api("POST", path, { body: { v, ...body }, key }), done: load });
}

/** @param {string} id @param {number} v */
async function takeBack(id, v) {
  if (!(await confirmed("ask-withdraw"))) return;
  try {
    await send({ id, v }, (key) => api("POST", apiPath`registration/me/requests/${id}/withdrawal`, { body: { v }, key }));
    await load();
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {number} v */
async function comeBack(v) {
  try {
    await send({ v }, (key) => api("POST", "registration/me/return", { body: { v }, key }));
    go("/pendataan/");
  } catch (problem) {
    showProblem(problem);
  }
}
