// One person by hand, or a draft that is completed (?id=).

import { api } from "../api.js";
import { startCountdown } from "../countdown.js";
import { $, reveal, withQuery } from "../dom.js";
import { bindForm } from "../form.js";
import { showProblem } from "../problems.js";
import { institutionOf, whoAmI } from "../session.js";
import { label, query } from "../texts.js";
import { prefill } from "../values.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const saved = $("#saved");
const me = await whoAmI(["operator", "admin"]);
const people = `registration/institutions/${institutionOf(me)}/people`;
const id = query("id");
/** @type {any} */
let draft = null;
startCountdown(institutionOf(me));
try {
  if (id) draft = await api("GET", `${people}/${encodeURIComponent(id)}`);
  bind();
} catch (problem) {
  showProblem(problem);
}

function bind() {
  bindForm(form, {
    send: (body, key) =>
      draft
        ? api("PATCH", `${people}/${encodeURIComponent(id)}`, { body: { v: draft.v, ...body }, key })
        : api("POST", people, { body, key }),
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

/** @param {any} answer */
function done(answer) {
  if (draft) draft.v = answer.v;
  else form.reset();
  const { state = draft?.state, nomor_registrasi = draft?.nomor_registrasi } = answer;
  $("#saved-text").textContent = (saved.dataset.words ?? "").replace("{state}", label("states", state)).replace("{number}", nomor_registrasi);
  const notes = [answer.message, ...[...(answer.missing ?? []), ...(answer.warnings ?? [])].map(({ message }) => message)];
  $("#notes").replaceChildren(...notes.filter(Boolean).map(item));
  withQuery($("#open"), { id: answer.id ?? id });
  reveal(saved);
}

/** @param {string} words */
function item(words) {
  const made = document.createElement("li");
  made.textContent = words;
  return made;
}
