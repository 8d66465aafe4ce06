// Lupa kata sandi petugas: the answer is the same whether the number has an account.

import { api } from "../../core/api.js";
import { $, reveal } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { startCaptcha } from "../../form/pow.js";

bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  draft: false,
  captcha: startCaptcha(),
  send: (body) => api("POST", "registration/staff-password-resets", { body, guest: true }),
  done: () => {
    $("#ask").hidden = true;
    reveal($("#sent"));
  },
});
