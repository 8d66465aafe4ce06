// Periksa kartu: what the QR code on a card leads to.

import { api, apiPath, Problem } from "../../core/api.js";
import { $, fill, reveal } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { showProblem } from "../../core/problems.js";
import { query } from "../../core/texts.js";
import { seen } from "../../form/typed.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const kinds = JSON.parse(form.dataset.kinds ?? "{}");

bindForm(form, { draft: false, send: (body) => look(seen(body.kode ?? "")), done: show });
const code = query("kode");
if (code) {
  /** @type {HTMLInputElement} */ ($("#kode")).value = code;
  try {
    show(await look(code));
  } catch (problem) {
    showProblem(problem);
  }
}

/** The card of a code, or null when we never gave it out. @param {string} code */
async function look(code) {
  try {
    return await api("GET", apiPath`registration/cards/${code}`, { guest: true });
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) return null;
    throw problem;
  }
}

/** A card that was given back is a genuine one: it is told apart from a code nobody gave out. @param {registration.CardCheck} card */
function show(card) {
  for (const panel of ["#valid", "#lapsed", "#unknown"]) $(panel).hidden = true;
  if (card) fill(document, { ...card, kind_name: kinds[card.kind] ?? card.kind });
  reveal($(!card ? "#unknown" : card.valid ? "#valid" : "#lapsed"));
}
