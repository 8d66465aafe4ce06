// One further appointment of a person, by staff: entered, corrected or taken out, and its files.

import { api, apiPath } from "../../core/api.js";
import { $, all, fill, reveal, withQuery } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { showProblem } from "../../core/problems.js";
import { link, query } from "../../core/texts.js";
import { prefill } from "../../form/values.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { tellNext } from "../../session/told.js";
import { startCountdown } from "../../time/countdown.js";
import { bindUploads } from "../../upload/controls.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const me = await whoAmI();
const [id, history] = [query("id"), query("riwayat")];
const path = apiPath`registration/institutions/${institutionOf(me)}/people/${id}`;
const row = apiPath`registration/institutions/${institutionOf(me)}/people/${id}/histories/${history}`;
const detail = `${link("/instansi/orang/detail/")}?id=${encodeURIComponent(id)}`;
for (const back of all(".govuk-back-link")) withQuery(back, { id });
startCountdown(institutionOf(me));
try {
  show(await api("GET", path));
} catch (problem) {
  showProblem(problem);
}

/** @param {registration.PersonDetail} person */
function show(person) {
  fill(document, { nama: person.nama, nomor_registrasi: person.nomor_registrasi });
  const found = person.histories.find((each) => each.id === history && !each.first);
  const may = person.correctable && !person.own_record;
  $("#not").hidden = may;
  if (found) $("#title").textContent = $("h1").dataset.editTitle ?? "";
  $("#his").hidden = !found?.own;
  if (found?.own) fill($("#his"), found);
  form.hidden = !may || Boolean(found?.own);
  $("#why").hidden = !found;
  /** @type {HTMLTextAreaElement} */ ($("#reason")).disabled = !found;
  $("#uploads").hidden = !may || !found;
  $("#remove").hidden = !may || !found || found.own;
  if (found && may) bindUploads($("#uploads"), { id, names: { orang: id, riwayat: found.id }, files: found.files });
  bind(person, found);
  if (query("tersimpan")) reveal($("#saved"));
}

/** @param {registration.PersonDetail} person @param {registration.HistoryView | undefined} found */
function bind({ v }, found) {
  bindForm(form, {
    send: (body, key) =>
      found ? api("PUT", row, { body: { v, ...body }, key }) : api("POST", `${path}/histories`, { body: { v, ...body }, key }),
    done: (answer) => {
      const here = new URLSearchParams({ id, riwayat: answer.id, tersimpan: "1" });
      location.replace(`${link("/instansi/orang/riwayat-kerja/")}?${here}`);
    },
  });
  if (found) prefill(form, found);
  const removal = /** @type {HTMLFormElement} */ ($("#remove-form"));
  bindForm(removal, {
    send: (body, key) => api("DELETE", row, { body: { v, reason: body.remove_reason }, key }),
    done: () => {
      tellNext(removal.dataset.removed ?? "");
      location.replace(detail);
    },
  });
}
