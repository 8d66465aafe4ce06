// Periksa kartu: what the QR code on a card leads to.

import { api, Problem } from "../api.js";
import { $, fill, reveal } from "../dom.js";
import { bindForm } from "../form.js";
import { showProblem } from "../problems.js";
import { query } from "../texts.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const kinds = JSON.parse(form.dataset.kinds ?? "{}");

bindForm(form, { draft: false, send: (body) => look(body.kode), done: show });
const code = query("kode");
if (code) {
  /** @type {HTMLInputElement} */ ($("#kode")).value = code;
  try {
    show(await look(code));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {string} code */
async function look(code) {
  try {
    return await api("GET", `registration/cards/${encodeURIComponent(code)}`, { guest: true });
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) return { valid: false };
    throw problem;
  }
}

/** @param {any} card */
function show(card) {
  $("#valid").hidden = $("#invalid").hidden = true;
  if (card.valid) fill(document, { ...card, kind_name: kinds[card.kind] ?? card.kind });
  reveal($(card.valid ? "#valid" : "#invalid"));
}
