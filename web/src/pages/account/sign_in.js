// Masuk: whoever is listed himself; staff have a door of their own (door/sign_in.js).

import { api } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $ } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import "../../form/password.js";
import { proven } from "../../form/pow.js";
import { arrive, showWhy } from "../../session/arrive.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
showWhy();
startCountdown();
bindForm(form, {
  draft: false,
  send: (body) => proven(form, (proof) => api("POST", "registration/sessions", { body: { ...body, ...proof }, guest: true })),
  done: () => arrive("/pendataan/"),
});
