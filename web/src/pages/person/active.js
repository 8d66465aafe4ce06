// Step 1: still working there?

import { api } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $ } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { tellOutcome } from "../../records/outcome.js";
import { whoAmI } from "../../session/session.js";
import { go } from "../../core/texts.js";

const me = await whoAmI(["honorer"]);
tellOutcome(me);
startCountdown(me.institution?.code);
bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  send: (body, key) => api("POST", "registration/me/active-confirmation", { body: { v: me.v, ...body }, key }),
  done: (_, body) => go(body.active ? "/pendataan/biodata/" : "/pendataan/#inactive"),
});
