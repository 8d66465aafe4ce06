// A new password for whoever forgot it, by the address in his mail and a code of his phone.

import { api } from "../../core/api.js";
import { $, reveal } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { askPassword } from "../../form/new-password.js";
import "../../form/password.js";
import { proven } from "../../form/pow.js";
import { takeSecret } from "../../session/secrets.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const token = takeSecret();
if (token) $("#open").hidden = false;
else reveal($("#missing"));
bindForm(form, {
  draft: false,
  check: askPassword(() => ""),
  send: ({ password, code }) =>
    proven(form, (proof) => api("POST", "registration/staff-password-resets/completions", { body: { token, password, code, ...proof }, guest: true })),
  done: () => {
    $("#open").hidden = true;
    reveal($("#done"));
  },
});
