// BKN decides an application, with the letter beside what the applicant says.

import { api, apiPath } from "../../core/api.js";
import { $, fill, reveal } from "../../core/dom.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { showProblem } from "../../core/problems.js";
import { asShown } from "../../core/as-shown.js";
import { openFile } from "../../institutions/round.js";
import { whoAmI } from "../../session/session.js";
import { query } from "../../core/texts.js";

const number = query("nomor");
const form = /** @type {HTMLFormElement} */ ($("#form"));
let version = 0;

await whoAmI();
bindForm(form, {
  draft: false,
  ask: () => confirmed("ask"),
  send: (typed, key) => asShown(() => send(typed, key), load),
  done: (decided) => {
    show(decided);
    reveal($("#saved"));
    if (!decided.address) return;
    fill($("#printed"), { address: location.origin + decided.address });
    $("#printed").hidden = false;
    $("#printed-title").focus();
  },
});
form.addEventListener("change", showWays);
$("#print").addEventListener("click", () => print());
await load();

async function load() {
  try {
    show(await api("GET", apiPath`registration/applications/${number}`));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.ApplicationView} seen */
function show(seen) {
  version = seen.v;
  const { admins, others, institution, has_account } = seen;
  const open = seen.state === "DIAJUKAN";
  fill(document, {
    ...seen,
    institution_words: `${institution.code} ${institution.name}`,
    admins_words: admins.join(", "),
    others_words: others.join(", "),
    warnings: open && Boolean(has_account || admins.length || others.length),
    letterless: open && !seen.file && !seen.message,
  });
  openFile($("#letter"), seen.file);
  $("#letter").hidden = !seen.file;
  form.hidden = !open;
  // Without an accepted letter, or for somebody who has an account, there is one decision only.
  const approving = /** @type {HTMLInputElement} */ ($("[name=approved][value=true]", form));
  approving.disabled = !seen.file || has_account;
  if (approving.disabled) approving.checked = false;
  showWays();
}

function showWays() {
  const chosen = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=approved]:checked"))?.value;
  $("#approving").hidden = chosen !== "true";
  $("#refusing").hidden = chosen !== "false";
}

/** @param {Record<string, any>} typed @param {string} key */
function send({ approved, email = null, delivery, reason = null }, key) {
  const body = { v: version, approved, ...(approved ? { email, delivery } : { reason }) };
  return api("POST", apiPath`registration/applications/${number}/decision`, { body, key });
}
