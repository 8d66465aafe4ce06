// Buat Akun, step 1: Pengecekan Identitas.

import { api } from "../../api.js";
import { startCountdown } from "../../countdown.js";
import { $ } from "../../dom.js";
import { bindForm } from "../../form.js";
import { openAnyway } from "../../offer.js";
import { startCaptcha } from "../../pow.js";
import { go } from "../../texts.js";

startCountdown();
openAnyway();
bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  captcha: startCaptcha(),
  send: (body, key) => api("POST", "registration/identity-checks", { body, key, guest: true }),
  done: () => go("/akun/lengkapi/"),
});
