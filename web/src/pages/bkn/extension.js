// BKN moves closings of one institution: unasked, or deciding its request.

import { api, apiPath } from "../../core/api.js";
import { asShown } from "../../core/as-shown.js";
import { closingsOf, noClosing, offerClosings, prefillClosings } from "../../form/closings.js";
import { confirmed } from "../../form/confirm.js";
import { $, all, fill, withQuery } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { showProblem } from "../../core/problems.js";
import { extension, fetchRound, openFile } from "../../institutions/round.js";
import { whoAmI } from "../../session/session.js";
import { go, query, text } from "../../core/texts.js";
import { tellNext } from "../../session/told.js";
import { takeLetter } from "../../institutions/letter.js";

const code = query("kode");
const id = query("permohonan");
const form = /** @type {HTMLFormElement} */ ($("#form"));
let version = 0;

await whoAmI();
withQuery($("[data-institution]"), { kode: code });
if (id) decide();
bind();
await load();

async function load() {
  try {
    show(await fetchRound(code));
  } catch (problem) {
    showProblem(problem);
  }
}

/** Make the page one that decides. */
function decide() {
  for (const element of [$("#title"), $("#send")]) element.textContent = element.dataset.decide ?? "";
  $("#request").hidden = false;
  $("#filled").hidden = false;
  $("#letter").hidden = true;
  form.addEventListener("change", showWindows);
}

/** @param {finalization.InstitutionView} round */
function show(round) {
  version = round.v;
  const request = round.extensions.find((each) => each.id === id);
  fill(document, { name: `${round.code} ${round.name}`, became: request?.state });
  const movable = offerClosings(round);
  $("#loading").hidden = true;
  const gone = Boolean(id) && request?.state !== "DIMINTA";
  $("#gone").hidden = !gone;
  $("#locked").hidden = gone || movable;
  form.hidden = gone || (!id && !movable);
  if (request && !gone) showRequest(request);
}

/** @param {finalization.ExtensionView} request that waits */
function showRequest(request) {
  const { letter_words, words } = extension(request);
  fill($("#request"), { letter_words, words });
  openFile($("#request"), request.letter.file);
  prefillClosings(request.requested);
  showWindows();
}

/** What is decided, as far as it has been. */
function decision() {
  return /** @type {HTMLInputElement | null} */ (form.querySelector("[name=decision]:checked"))?.value;
}

function showWindows() {
  $("#windows").hidden = decision() === "DITOLAK";
}

/** What is wrong before anything is sent. */
function faults() {
  if (decision() !== "DITOLAK") return noClosing(form);
  const reason = /** @type {HTMLTextAreaElement} */ ($("[name=reason]", form));
  return reason.value.trim() ? [] : [{ field: "reason", message: text("round.reason_first") }];
}

/** @param {any} typed @param {string} key */
function send({ letter_number, letter_date, letter_file, decision: decided, reason = null }, key) {
  const windows = closingsOf(form);
  if (id) {
    const body = { v: version, decision: decided, reason, ...(decided === "DIBERI" && { windows }) };
    return api("POST", apiPath`finalization/extensions/${id}/decision`, { body, key });
  }
  const body = { v: version, windows, letter: { number: letter_number, date: letter_date, file: letter_file || null } };
  return api("POST", apiPath`finalization/institutions/${code}/extensions`, { body, key });
}

function bind() {
  for (const control of all("[data-upload]", form)) if (id) control.remove();
  const letter = takeLetter(form, code);
  bindForm(form, {
    check: faults,
    ask: () => confirmed(id ? "ask-decide" : "ask-grant"),
    add: () => ({ letter_file: letter() }),
    send: (typed, key) => asShown(() => send(typed, key), load),
    done: () => {
      tellNext((id ? form.dataset.decided : form.dataset.extended) ?? "");
      go(`/bkn/instansi/?kode=${encodeURIComponent(code)}`);
    },
  });
}
