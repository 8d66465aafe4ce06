// Akun saya, of a listed person: how he is reached, his password, where he is signed in.

import { api, keyed, sessionBegan } from "../../core/api.js";
import { $, all, fill, reveal } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { askPassword } from "../../form/new-password.js";
import "../../form/password.js";
import { proven } from "../../form/pow.js";
import { renamed } from "../../form/renamed.js";
import { showProblem } from "../../core/problems.js";
import { showSignIns } from "../../session/sign-ins.js";
import { whoAmI } from "../../session/session.js";
import { text } from "../../core/texts.js";

const me = await whoAmI(["honorer"]);
const passwords = /** @type {HTMLFormElement} */ ($("#password-form"));
const contact = /** @type {HTMLFormElement} */ ($("#contact-form"));
const confirmation = /** @type {HTMLFormElement} */ ($("#code-form"));
/** @type {{email?: string}} */
let wanted = {};
const send = keyed();

bindForm(passwords, {
  draft: false,
  check: askPassword(() => me.nama ?? ""),
  send: ({ password_current: current, password }) =>
    renamed(proven(passwords, (proof) => api("POST", "registration/me/password", { body: { current, password, ...proof } })), {
      current: "password_current",
    }),
  done: () => {
    passwords.reset();
    sessionBegan();
    changed("own_account.password");
  },
});
bindForm(contact, {
  draft: false,
  send: ({ new_email: email, contact_current: current }) =>
    renamed(proven(contact, (proof) => api("POST", "registration/me/contact", { body: { email, current, ...proof } })), {
      current: "contact_current",
      email: "new_email",
    }),
  done: (_, { new_email: email }) => {
    wanted = { email };
    contact.reset();
    contact.hidden = true;
    say(text("own_account.sent", { email }));
    confirmation.hidden = false;
    $("#contact_code").focus();
  },
});
bindForm(confirmation, {
  draft: false,
  send: ({ contact_code: code }, key) =>
    renamed(api("POST", "registration/me/contact/confirmation", { body: { ...wanted, code }, key }), { code: "contact_code" }),
  done: () => changed("own_account.contact"),
});
$("#another").addEventListener("click", () => {
  confirmation.hidden = true;
  contact.hidden = false;
  $("#new_email").focus();
});
$("#refuse-reclaim").addEventListener("click", async () => {
  try {
    await send({}, (key) => api("POST", "registration/me/reclaim/refusal", { key }));
    await changed("own_account.refused");
  } catch (problem) {
    showProblem(problem);
  }
});
await load();

async function load() {
  try {
    const [known] = await Promise.all([api("GET", "registration/me/contact"), showSignIns(() => changed("own_account.ended"))]);
    fill(document, {
      ...known,
      email_used: known.verified.includes("email"),
      email_unused: known.email && !known.verified.includes("email"),
      hp_unused: known.hp && !known.verified.includes("hp"),
      claim_by_staff: known.claim && !known.claim.until,
    });
    $("#loading").hidden = true;
    $("#account").hidden = false;
  } catch (problem) {
    showProblem(problem);
  }
}

/** Say what was done, and show the account as it is then. @param {string} words */
async function changed(words) {
  confirmation.reset();
  confirmation.hidden = true;
  contact.hidden = false;
  for (const part of all("details")) part.removeAttribute("open");
  await load();
  say(text(words));
}

/** @param {string} words */
function say(words) {
  $("#saved").textContent = words;
  reveal($("#saved"));
}
