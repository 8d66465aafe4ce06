// Usulan terkirim: the number, and how it stands.

import { api, apiPath, Problem } from "../../core/api.js";
import { $, fill } from "../../core/dom.js";
import { showFaults } from "../../core/errors.js";
import { bindForm } from "../../form/form.js";
import { showProblem } from "../../core/problems.js";
import { query, text } from "../../core/texts.js";
import { seen } from "../../form/typed.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const ticket = query("tiket");

bindForm(form, { draft: false, send: (body) => look(seen(body.tiket ?? "")), done: show });
if (ticket) {
  fill($("#sent"), { ticket });
  $("#sent").hidden = $("#note").hidden = false;
  $("#lead").hidden = true;
  /** @type {HTMLInputElement} */ ($("#tiket")).value = ticket;
  try {
    show(await look(ticket));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {string} id */
async function look(id) {
  try {
    return await api("GET", apiPath`announcements/tickets/${id}`, { guest: true });
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) return null;
    throw problem;
  }
}

/** @param {announcements.TicketView | null} state null when there is no such ticket */
function show(state) {
  $("#state").hidden = !state;
  if (state) fill($("#state"), state);
  else showFaults(text("error_title"), [{ field: "tiket", message: form.dataset.unknown ?? "" }]);
}
