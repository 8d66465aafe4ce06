// Akun saya: password, phone, recovery codes, e-mail, where one is signed in, which NIK is one's own.

import { api, Problem, sessionBegan } from "../../core/api.js";
import { $, all, fill, reveal } from "../../core/dom.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { askPassword } from "../../form/new-password.js";
import "../../form/password.js";
import { proven } from "../../form/pow.js";
import { showProblem } from "../../core/problems.js";
import { showCodes, showPhone } from "../../session/secrets.js";
import { showSignIns } from "../../session/sign-ins.js";
import { whoAmI } from "../../session/session.js";
import { text } from "../../core/texts.js";

/** @typedef {Record<string, any>} Typed */
const nikForm = formOf("nik");
const me = await whoAmI();
bind("password", "registration/me/password", ({ password_current: current, password }) => ({ current, password }), () => changed("account.password"), askPassword(() => me.name ?? ""));
bind("phone", "registration/me/second-factor", ({ phone_current: current, phone_code: code }) => ({ current, code }), newPhone);
bind("first", "registration/me/second-factor/confirmation", ({ first_code: code }) => ({ code }), () => changed("account.phone"));
bind("recovery", "registration/me/recovery-codes", ({ recovery_code: code }) => ({ code }), newCodes);
bind("email", "registration/me/email", ({ new_email: email, email_code: code }) => ({ email, code }), mailed);
bind("mailed", "registration/me/email/confirmation", ({ mailed_code: code }) => ({ code }), () => changed("account.email"));
bindNik();
await load();

/** @param {string} name @returns {HTMLFormElement} */
function formOf(name) {
  return /** @type {HTMLFormElement} */ ($(`#${name}-form`));
}

async function load() {
  try {
    const [profile] = await Promise.all([api("GET", "registration/me/profile"), showSignIns(() => changed("account.ended", false))]);
    show(profile);
    $("#loading").hidden = true;
    $("#account").hidden = false;
    if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.Profile} profile */
function show(profile) {
  const { institution, units, signs_in_with_nik: known, own_nik_declared: said } = profile;
  fill(document, {
    ...profile,
    until_day: profile.until,
    institution_words: institution?.name ?? text("users.all_national"),
    units_words: units.join(", ") || text("all_units"),
    nik_known: known,
    nik_said: !known && said,
    nik_no: !known && said === false,
  });
  $("#own-nik").hidden = !institution;
  nikForm.hidden = known || said === true;
}

/**
 * @param {string} name of the form @param {string} path @param {(typed: Typed) => object} body
 * @param {(answer: any, typed: Typed) => void} done @param {() => import("../../core/errors.js").Fault[]} [check]
 */
function bind(name, path, body, done, check) {
  const form = formOf(name);
  bindForm(form, {
    draft: false,
    check,
    send: (typed) => asNamed(name, proven(form, (proof) => api("POST", path, { body: { ...body(typed), ...proof } }))),
    done: (answer, typed) => {
      form.reset();
      $("#proof").hidden = true;
      done(answer, typed);
    },
  });
}

/** Name the faults as this form calls its fields: the interface has a `code` in each. @template T @param {string} name @param {Promise<T>} call */
async function asNamed(name, call) {
  try {
    return await call;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    const own = (/** @type {string} */ field) => [`${name}_${field}`, `new_${field}`, field].find((each) => document.querySelector(`[data-field="${each}"]`)) ?? field;
    problem.fields = problem.fields.map((each) => ({ ...each, field: own(each.field) }));
    throw problem;
  }
}

/** Say what was done, and show the account as it is then. @param {string} words @param {boolean} [renewed] whether the session began anew */
async function changed(words, renewed = true) {
  if (renewed) sessionBegan();
  $("#new-phone").hidden = true;
  $("#mailed-form").hidden = true;
  for (const part of all("details")) part.removeAttribute("open");
  await load();
  say(text(words));
}

/** @param {string} words */
function say(words) {
  $("#saved").textContent = words;
  reveal($("#saved"));
}

/** @param {registration.NewPhone} phone */
function newPhone(phone) {
  showPhone(phone);
  reveal($("#new-phone"));
}

/** @param {registration.RecoveryCodes} answer */
function newCodes({ recovery_codes: codes }) {
  $("#account").hidden = true;
  showCodes(codes, () => changed("account.codes", false));
}

/** @param {unknown} _ @param {Typed} typed */
function mailed(_, { new_email: email }) {
  say(text("account.email_sent", { email }));
  $("#mailed-form").hidden = false;
  $("#mailed_code").focus();
}

function bindNik() {
  const listed = () => /** @type {HTMLInputElement | null} */ (nikForm.querySelector("[name=listed]:checked"))?.value === "true";
  nikForm.addEventListener("change", () => ($("#nik-field").hidden = !listed()));
  bindForm(nikForm, {
    draft: false,
    ask: async () => !listed() || confirmed("ask-nik"),
    send: ({ nik }) => api("PUT", "registration/me/own-nik", { body: { nik: listed() ? nik : null } }),
    done: () => {
      nikForm.reset();
      changed("account.nik");
    },
  });
}
