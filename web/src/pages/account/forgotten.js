// Lupa kata sandi: a code to the verified contact, or a sheet printed after the lock; the answer tells nobody's account.

import { api } from "../../core/api.js";
import { $, reveal } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { askPassword } from "../../form/new-password.js";
import "../../form/password.js";
import { startCaptcha } from "../../form/pow.js";
import { renamed } from "../../form/renamed.js";
import { forgetSheet, takeSheet, waitingSheet } from "../../session/sheet.js";

const ask = /** @type {HTMLFormElement} */ ($("#form"));
const set = /** @type {HTMLFormElement} */ ($("#new-form"));
const captcha = startCaptcha();
/** @type {{nik?: string, tanggal_lahir?: string}} */
let who = {};
/** By what he shows that it is he: `code` or `sheet`. */
let by = "code";

if (takeSheet()) {
  /** @type {HTMLInputElement} */ ($("[name=way][value=sheet]")).checked = true;
  /** @type {HTMLInputElement} */ ($("#sheet")).value = waitingSheet();
}
bindForm(ask, {
  draft: false,
  captcha,
  send: async ({ way, ...body }) => way === "sheet" || (await api("POST", "registration/password-resets", { body, guest: true })),
  done: (_, { way, nik, tanggal_lahir }) => {
    captcha.renew();
    who = { nik, tanggal_lahir };
    by = way;
    for (const each of ["code", "sheet"]) {
      $(`#by-${each}`).hidden = each !== by;
      $("input", $(`#by-${each}`)).toggleAttribute("data-required", each === by);
    }
    ask.hidden = true;
    reveal($("#new"));
  },
});
bindForm(set, {
  draft: false,
  captcha,
  check: askPassword(() => ""),
  send: (typed, key) => {
    const { password, captcha: proof } = typed;
    const body = { ...who, password, [by]: typed[by === "code" ? "reset_code" : "sheet"], captcha: proof };
    return renamed(api("POST", "registration/password-resets/completions", { body, key, guest: true }), { code: "reset_code" });
  },
  done: () => {
    forgetSheet();
    $("#new").hidden = true;
    $("#proof-of-work").hidden = true;
    reveal($("#done"));
  },
});
$("#again").addEventListener("click", () => {
  $("#new").hidden = true;
  ask.hidden = false;
  $("#nik").focus();
});
