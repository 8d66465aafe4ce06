// Step 1: still working there?

import { api } from "../../api.js";
import { startCountdown } from "../../countdown.js";
import { $ } from "../../dom.js";
import { bindForm } from "../../form.js";
import { tellOutcome } from "../../outcome.js";
import { whoAmI } from "../../session.js";
import { go } from "../../texts.js";

const me = await whoAmI(["honorer"]);
tellOutcome(me);
startCountdown(me.institution?.code);
bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  send: (body, key) => api("POST", "registration/me/active-confirmation", { body: { v: me.v, ...body }, key }),
  done: (_, body) => go(body.active ? "/pendataan/biodata/" : "/pendataan/#inactive"),
});
