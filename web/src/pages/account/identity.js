// Buat Akun, step 1: Pengecekan Identitas.

import { api } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $ } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { openAnyway } from "../../time/offer.js";
import { startCaptcha } from "../../form/pow.js";
import { go } from "../../core/texts.js";
import { takeSheet } from "../../session/sheet.js";

$("#has-sheet").hidden = !takeSheet();
startCountdown();
openAnyway();
bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  captcha: startCaptcha(),
  send: (body, key) => api("POST", "registration/identity-checks", { body, key, guest: true }),
  done: () => go("/akun/lengkapi/"),
});
