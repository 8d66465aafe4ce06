// NIK saya digunakan orang lain: whoever knows the person's data and has his sheet takes the account back.

import { api } from "../../core/api.js";
import { $, all, fill, reveal } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { askPassword } from "../../form/new-password.js";
import "../../form/password.js";
import { startCaptcha } from "../../form/pow.js";
import { forgetSheet, takeSheet, waitingSheet } from "../../session/sheet.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));

if (takeSheet()) /** @type {HTMLInputElement} */ ($("#sheet")).value = waitingSheet();
bindForm(form, {
  draft: false,
  captcha: startCaptcha(),
  check: askPassword(() => /** @type {HTMLInputElement} */ ($("#nama")).value),
  send: ({ password_again: _, ...body }, key) => api("POST", "registration/reclaims", { body, key, guest: true }),
  done: ({ way, until }) => {
    forgetSheet();
    $("#ask").hidden = true;
    for (const line of all("[data-way]")) line.hidden = line.dataset.way !== way;
    fill(document, { until, by_staff: way === "OWNER" && !until });
    reveal($(way === "OWNER" ? "#waits" : "#done"));
  },
});
