// One row of the work history: its fields, then its two files.

import { api, apiPath } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $, fill, reveal } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { tellOutcome } from "../../records/outcome.js";
import { showProblem } from "../../core/problems.js";
import { whoAmI } from "../../session/session.js";
import { link, query } from "../../core/texts.js";
import { bindUploads } from "../../upload/controls.js";
import { prefill } from "../../form/values.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const id = query("id");
const me = await whoAmI(["honorer"]);
tellOutcome(me);
startCountdown(me.institution?.code);
try {
  const { v, items } = await api("GET", "registration/me/histories");
  const row = items.find((each) => each.id === id);
  show(row, v);
} catch (problem) {
  showProblem(problem);
}

/** @param {registration.HistoryView | undefined} row undefined for a new one @param {number} v */
function show(row, v) {
  const institutions = Boolean(row && !row.own);
  $("#first").hidden = !institutions;
  form.hidden = institutions;
  $("#later").hidden = Boolean(row);
  $("#uploads").hidden = !row;
  if (row) bindUploads($("#uploads"), { id: me.id, names: { riwayat: row.id }, files: row.files });
  if (row && institutions) return fill($("#first"), row);
  bindForm(form, {
    send: (body, key) =>
      row
        ? api("PUT", apiPath`registration/me/histories/${row.id}`, { body: { v, ...body }, key })
        : api("POST", "registration/me/histories", { body: { v, ...body }, key }),
    done: (answer) => location.replace(`${link("/pendataan/riwayat/isi/")}?id=${encodeURIComponent(answer.id ?? row?.id)}&tersimpan=1`),
  });
  if (row) prefill(form, row);
  if (query("tersimpan")) {
    $("#saved").hidden = false;
    reveal($("#uploads"));
  }
}
