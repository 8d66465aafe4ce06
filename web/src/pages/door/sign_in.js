// Masuk petugas: number and password, then a code of the phone or a recovery code.

import { api, Problem } from "../../core/api.js";
import { $ } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import "../../form/password.js";
import { proven } from "../../form/pow.js";
import { text } from "../../core/texts.js";
import { arrive, showWhy } from "../../session/arrive.js";

const [form, codeForm] = ["#form", "#code-form"].map((id) => /** @type {HTMLFormElement} */ ($(id)));
/** Where bkn and auditors begin, and where they work too. */
const NATIONAL = ["bkn", "auditor"];

showWhy();
bindForm(form, {
  draft: false,
  send: (body) => proven(form, (proof) => api("POST", "registration/staff-sessions", { body: { ...body, ...proof }, guest: true })),
  done: () => {
    show(false);
    $("#code-title").focus();
  },
});
bindForm(codeForm, {
  draft: false,
  send: enter,
  done: ({ role }) => (NATIONAL.includes(role) ? arrive("/bkn/", ["/instansi/"]) : arrive("/instansi/")),
});
$("#back").addEventListener("click", () => {
  show(true);
  $("#login").focus();
});

/** Show the first step, or the second. The number stays, password and code do not. @param {boolean} first */
function show(first) {
  $("#first").hidden = !first;
  $("#second").hidden = first;
  for (const id of ["#password", "#code"]) /** @type {HTMLInputElement} */ ($(id)).value = "";
}

/** Send the code; when the password's five minutes are over, it begins anew. @param {Record<string, any>} body */
async function enter(body) {
  try {
    return await proven(codeForm, (proof) => api("POST", "registration/staff-sessions/second-factor", { body: { ...body, ...proof }, guest: true }));
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.type !== "unauthenticated") throw problem;
    show(true);
    throw new Problem({ type: problem.type, status: problem.status, title: text("door.again_title"), detail: text("door.again") });
  }
}
