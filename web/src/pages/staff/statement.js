// Somebody says that he works there no more: answer that he does, or take him off the list on his own word.

import { api, apiPath } from "../../core/api.js";
import { $, fill } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { go, query } from "../../core/texts.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { tellNext } from "../../session/told.js";
import { startCountdown } from "../../time/countdown.js";
import { bindUploads } from "../../upload/controls.js";

const me = await whoAmI();
const code = institutionOf(me);
const id = query("id");
const path = apiPath`registration/institutions/${code}/people/${id}`;
const open = $("#open");
startCountdown(code);
try {
  show(await api("GET", path));
} catch (problem) {
  showProblem(problem);
}

/** @param {registration.PersonDetail} person */
function show(person) {
  fill(document, { nama: person.nama, nomor_registrasi: person.nomor_registrasi, active_at: person.active_at });
  $("#own").hidden = !person.own_record;
  $("#settled").hidden = person.states_inactive;
  open.hidden = person.own_record || !person.states_inactive;
  $("#confirm").hidden = $("#only-admin").hidden = true;
  if (me.role === "admin") $("#confirm").hidden = false;
  else $("#only-admin").hidden = false;
  $("#loading").hidden = true;
  bind(person);
}

/** @param {registration.PersonDetail} person */
function bind({ v, next_paper: riwayat }) {
  bindUploads($("#confirm"), { id, names: { orang: id, riwayat } });
  bindForm(/** @type {HTMLFormElement} */ ($("#answer")), {
    send: (body, key) => api("POST", `${path}/statement/answer`, { body: { v, reason: body["answer-reason"] }, key }),
    done: () => leave(open.dataset.answered),
  });
  bindForm(/** @type {HTMLFormElement} */ ($("#confirm")), {
    ask: () => confirmed("ask"),
    send: (body, key) => api("POST", `${path}/statement/confirmation`, { body: { v, reason: body["confirm-reason"] }, key }),
    done: () => leave(open.dataset.confirmed),
  });
}

/** @param {string | undefined} words */
function leave(words) {
  tellNext(words ?? "");
  go("/instansi/perbaikan/");
}
