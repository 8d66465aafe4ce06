// Binds a form to an API call: no double sending, faults shown, nothing typed is ever lost.

import { keyed, Problem } from "../core/api.js";
import { faultsOf } from "./checks.js";
import { all } from "../core/dom.js";
import { forget, keep } from "./draft.js";
import { clearFaults, showFaults } from "../core/errors.js";
import { showProblem } from "../core/problems.js";
import { text } from "../core/texts.js";
import { completeYear } from "./typed.js";
import { values } from "./values.js";

/**
 * @typedef {object} Binding
 * @property {(body: Record<string, any>, key: string) => Promise<any>} send makes the call
 * @property {(answer: any, body: Record<string, any>) => void} done goes on after success
 * @property {{token: () => Promise<string>, renew: () => void}} [captcha] proof of work, sent as `captcha`
 * @property {() => import("../core/errors.js").Fault[]} [check] further faults found before sending
 * @property {() => Record<string, any>} [add] further members of the body, as the ids of uploaded files
 * @property {boolean} [draft] false: do not keep what is typed (sign-in)
 * @property {() => Promise<boolean>} [ask] a question before sending; false stops
 */

/**
 * @param {HTMLFormElement} form
 * @param {Binding} binding
 */
export function bindForm(form, binding) {
  form.addEventListener("change", completeYear);
  if (binding.draft !== false) keep(form);
  const send = keyed();
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    lock(form, true);
    try {
      await submit(form, binding, send);
    } finally {
      busy = false;
      lock(form, false);
    }
  });
  lock(form, false);
}

/** @param {HTMLFormElement} form @param {Binding} binding @param {ReturnType<typeof keyed>} send */
async function submit(form, binding, send) {
  clearFaults();
  // What was told of the last deed is not said of this one.
  for (const told of all("[data-told]")) told.hidden = true;
  const faults = [...faultsOf(form), ...(binding.check?.() ?? [])];
  if (faults.length) return showFaults(text("error_title"), faults);
  if (binding.ask && !(await binding.ask())) return;
  const body = { ...values(form), ...binding.add?.() };
  try {
    const answer = await send(body, (key) => attempt(body, key, binding));
    forget(form);
    binding.done(answer, body);
  } catch (problem) {
    binding.captcha?.renew();
    showProblem(problem, { kept: true });
  }
}

/**
 * Send once, and once more with a new proof of work when the old one was used up or too old.
 * @param {Record<string, any>} body @param {string} key @param {Binding} binding
 */
async function attempt(body, key, { captcha, send }) {
  const proven = async () => (captcha ? { ...body, captcha: await captcha.token() } : body);
  try {
    return await send(await proven(), key);
  } catch (problem) {
    if (!captcha || !(problem instanceof Problem) || problem.type !== "captcha-failed") throw problem;
    captcha.renew();
    return send(await proven(), key);
  }
}

/** @param {HTMLFormElement} form @param {boolean} on */
function lock(form, on) {
  for (const button of all("[data-submit]", form)) {
    /** @type {HTMLButtonElement} */ (button).disabled = on;
    if (!on) button.removeAttribute("aria-busy");
    else button.setAttribute("aria-busy", "true");
  }
}
