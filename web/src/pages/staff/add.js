// One person by hand, or a draft that is completed (?id=).

import { api, apiPath } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $, reveal, withQuery } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { linkBack } from "../../lists/place.js";
import { showProblem } from "../../core/problems.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { label, query } from "../../core/texts.js";
import { prefill } from "../../form/values.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const saved = $("#saved");
const me = await whoAmI();
const code = institutionOf(me);
const id = query("id");
const path = apiPath`registration/institutions/${code}/people/${id}`;
/** @type {registration.PersonDetail | null} */
let draft = null;
if (id) ofDraft();
startCountdown(code);
linkBack("/instansi/orang/");
try {
  if (id) draft = await api("GET", path);
  bind();
} catch (problem) {
  showProblem(problem);
}

/** A draft is completed as long as entry or, after it, correction is open. */
function ofDraft() {
  form.dataset.while = "ENTRY CORRECTION";
  $("[data-calendar]").dataset.calendar = "ENTRY CORRECTION";
  $("[data-new]").hidden = true;
  $("[data-draft]").hidden = false;
}

function bind() {
  bindForm(form, {
    send: (body, key) =>
      draft
        ? api("PATCH", path, { body: { v: draft.v, ...body }, key })
        : api("POST", apiPath`registration/institutions/${code}/people`, { body, key }),
    done,
  });
  if (!draft) return;
  $("h1").textContent = $("h1").dataset.editTitle ?? "";
  // A draft keeps its NIK, which no page shows in full: the form asks none and sends none.
  const nik = $("[data-field=nik]", form);
  nik.hidden = true;
  /** @type {HTMLInputElement} */ ($("input", nik)).disabled = true;
  prefill(form, draft.record);
}

/** @param {registration.EnteredView} answer */
function done(answer) {
  if (draft) draft.v = answer.v;
  else form.reset();
  const { state, nomor_registrasi } = answer;
  $("#saved-text").textContent = (saved.dataset.words ?? "").replace("{state}", label("states", state)).replace("{number}", nomor_registrasi);
  const notes = [answer.message, ...[...answer.missing, ...answer.warnings].map(({ message }) => message)];
  $("#notes").replaceChildren(...notes.filter((words) => typeof words === "string").map(item));
  withQuery($("#open"), { id: answer.id });
  reveal(saved);
}

/** @param {string} words */
function item(words) {
  const made = document.createElement("li");
  made.textContent = words;
  return made;
}
