// Ajukan perbaikan: which fields are wrong, what is right, why, and a paper that shows it.

import { api } from "../../core/api.js";
import { $, all, fill } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { go, text } from "../../core/texts.js";
import { bindForm } from "../../form/form.js";
import { fieldValue } from "../../records/fields.js";
import { whoAmI } from "../../session/session.js";
import { tellNext } from "../../session/told.js";
import { startCountdown } from "../../time/countdown.js";
import { receiptsOf } from "../../upload/receipts.js";
import { bindUploads } from "../../upload/controls.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const choices = /** @type {HTMLInputElement[]} */ (all("[data-ask]"));
const me = await whoAmI(["honorer"]);
startCountdown(me.institution?.code);
for (const choice of choices) choice.addEventListener("change", () => open(choice));
try {
  const own = await api("GET", "registration/me/requests");
  if (own.askable) show(own);
  else go("/pendataan/perbaikan/");
} catch (problem) {
  showProblem(problem);
}

/** @param {registration.OwnRequests} own */
function show(own) {
  const shown = Object.fromEntries(Object.entries(own.values).map(([name, value]) => [name, fieldValue(name, value)]));
  fill(form, { shown });
  bindUploads($("[data-evidence]"), { id: me.id, names: { riwayat: own.next_id } });
  bindForm(form, {
    draft: false,
    check: () => (choices.some((choice) => choice.checked) ? [] : [{ field: "fields", message: text("required_fields") }]),
    send: ({ reason, ...fields }, key) => {
      const receipts = receiptsOf(me.id).filter(({ riwayat }) => riwayat === own.next_id);
      const body = { id: own.next_id, v: own.v, fields, reason, receipts: receipts.map(({ receipt }) => receipt) };
      return api("POST", "registration/me/requests", { body, key });
    },
    done: () => {
      tellNext(form.dataset.sent ?? "");
      go("/pendataan/perbaikan/");
    },
  });
  $("#loading").hidden = true;
  form.hidden = false;
}

/** Only what is chosen is typed and sent. @param {HTMLInputElement} choice */
function open(choice) {
  const group = /** @type {HTMLFieldSetElement} */ ($(`#isi-${choice.dataset.ask}`));
  group.hidden = group.disabled = !choice.checked;
  choice.setAttribute("aria-expanded", String(choice.checked));
}
