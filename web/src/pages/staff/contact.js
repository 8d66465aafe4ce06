// Kontak instansi: what everybody reads of how the office is reached.

import { api, apiPath } from "../../core/api.js";
import { $, fill, reveal } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { bindForm } from "../../form/form.js";
import { prefill } from "../../form/values.js";
import { institutionOf, whoAmI } from "../../session/session.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const me = await whoAmI();
const path = apiPath`registration/institutions/${institutionOf(me)}/contact`;
let version = 0;
await load();
bindForm(form, {
  send: (body, key) => api("PUT", path, { body: { v: version, ...body }, key }),
  done: async () => {
    await load();
    reveal($("#saved"));
  },
  draft: false,
});

async function load() {
  try {
    const { v, contact } = await api("GET", path);
    version = v;
    fill(document, contact ? { contact, unwritten: false } : { contact, unwritten: true });
    if (contact) prefill(form, contact);
    $("#loading").hidden = true;
    $("#now").hidden = false;
  } catch (problem) {
    showProblem(problem);
  }
}
