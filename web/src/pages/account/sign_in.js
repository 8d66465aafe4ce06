// Masuk: one form for everybody; the role decides where to go.

import { api, hadSession, Problem, sessionBegan } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $ } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import "../../form/password.js";
import { startCaptcha } from "../../form/pow.js";
import { link, query } from "../../core/texts.js";

const back = query("lanjut");
$("#ended").hidden = !back || !hadSession();
$("#begin").hidden = !back || hadSession();
startCountdown();

bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  draft: false,
  send: signIn,
  done: ({ role }) => {
    sessionBegan();
    const home = role === "honorer" ? "/pendataan/" : ["bkn", "auditor"].includes(role) ? "/bkn/" : "/instansi/";
    // Only an address of this site, and of this role, is gone back to.
    const own = back.startsWith("/") && !back.startsWith("//") && back.replace(/^\/en/, "").startsWith(home);
    location.assign(own ? back : link(home));
  },
});

/**
 * Sign in. After many wrong passwords, also of others, the service wants a proof of work first: then once more with it.
 * @param {Record<string, any>} body
 */
async function signIn(body) {
  const post = (/** @type {object} */ proof) => api("POST", "registration/sessions", { body: { ...body, ...proof }, guest: true });
  try {
    return await post({});
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.type !== "captcha-required") throw problem;
    $("#proof").hidden = false;
    return post({ captcha: await startCaptcha(problem.effort).token() });
  }
}
