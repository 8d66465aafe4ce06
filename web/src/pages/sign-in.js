// Masuk: one form for everybody; the role decides where to go.

import { api, hadSession, sessionBegan } from "../api.js";
import { startCountdown } from "../countdown.js";
import { $ } from "../dom.js";
import { bindForm } from "../form.js";
import "../password.js";
import { link, query } from "../texts.js";

const back = query("lanjut");
$("#ended").hidden = !back || !hadSession();
$("#begin").hidden = !back || hadSession();
startCountdown();

bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  draft: false,
  send: (body) => api("POST", "registration/sessions", { body, guest: true }),
  done: ({ role }) => {
    sessionBegan();
    const home = role === "honorer" ? "/pendataan/" : ["bkn", "auditor"].includes(role) ? "/bkn/" : "/instansi/";
    // Only an address of this site, and of this role, is gone back to.
    const own = back.startsWith("/") && !back.startsWith("//") && back.replace(/^\/en/, "").startsWith(home);
    location.assign(own ? back : link(home));
  },
});
