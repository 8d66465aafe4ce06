// The code of an activation sheet, typed by somebody who made his account without one.

import { api } from "../../core/api.js";
import { $, reveal } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";

const me = await whoAmI(["honorer"]);
const passed = me.assurance !== "BELUM_DIPASTIKAN";
startCountdown(me.institution?.code);
$("#assured").hidden = !passed;
$("#ask").hidden = passed;
bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  draft: false,
  send: ({ code }, key) => api("POST", "registration/me/sheet", { body: { v: me.v, code }, key }),
  done: () => {
    $("#ask").hidden = true;
    reveal($("#saved"));
  },
});
