// Apply as an institution's first admin; number and code are shown, and the letter uploaded, on the next page.

import { api } from "../../core/api.js";
import { $ } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { codeOf, offerInstitutions } from "../../form/institution.js";
import { keep } from "../../form/opened.js";
import { startCaptcha } from "../../form/pow.js";
import { go } from "../../core/texts.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const institution = /** @type {HTMLInputElement} */ ($("#institution"));

await offerInstitutions(institution);
bindForm(form, {
  captcha: startCaptcha(),
  check: () => (codeOf(institution.value) ? [] : [{ field: "institution", message: form.dataset.choose ?? "" }]),
  send: (body, key) => api("POST", "registration/applications", { body: { ...body, institution: codeOf(body.institution) }, key, guest: true }),
  done: ({ number, code }) => {
    keep("application", { number, code });
    go("/instansi/daftar/status/");
  },
});
