// Binds a form to an API call: no double sending, faults shown, nothing typed is ever lost.

import { newKey, Problem } from "./api.js";
import { all } from "./dom.js";
import { forget, keep } from "./draft.js";
import { clearFaults, showFaults } from "./errors.js";
import { showProblem } from "./problems.js";
import { text } from "./texts.js";

/**
 * @typedef {object} Binding
 * @property {(body: Record<string, any>, key: string) => Promise<any>} send makes the call
 * @property {(answer: any, body: Record<string, any>) => void} done goes on after success
 * @property {{token: () => Promise<string>, renew: () => void}} [captcha] proof of work, sent as `captcha`
 * @property {() => import("./errors.js").Fault[]} [check] further faults found before sending
 * @property {boolean} [draft] false: do not keep what is typed (sign-in)
 * @property {() => Promise<boolean>} [ask] a question before sending; false stops
 */

/**
 * @param {HTMLFormElement} form
 * @param {Binding} binding
 */
export function bindForm(form, binding) {
  if (binding.draft !== false) keep(form);
  const repeat = { body: "", key: "" };
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    lock(form, true);
    try {
      await submit(form, binding, repeat);
    } finally {
      busy = false;
      lock(form, false);
    }
  });
  lock(form, false);
}

/** @param {HTMLFormElement} form @param {Binding} binding @param {{body: string, key: string}} repeat */
async function submit(form, binding, repeat) {
  clearFaults();
  const faults = [...required(form), ...impossible(form), ...(binding.check?.() ?? [])];
  if (faults.length) return showFaults(text("error_title"), faults);
  if (binding.ask && !(await binding.ask())) return;
  const body = values(form);
  // The same content again is the same request: a retry of what has been accepted answers success.
  const content = JSON.stringify(body);
  if (content !== repeat.body) Object.assign(repeat, { body: content, key: newKey() });
  try {
    const answer = await attempt(body, repeat.key, binding);
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

/**
 * What was typed, under the names of the interface: dates as YYYY-MM-DD, ticks as true or false.
 * Empty fields are left out, or null where the form says data-empty="null".
 * @param {HTMLFormElement} form
 * @returns {Record<string, any>}
 */
export function values(form) {
  /** @type {Record<string, any>} */
  const body = {};
  for (const input of /** @type {HTMLInputElement[]} */ ([...form.elements])) {
    if (!input.name || input.closest("[data-date]") || ["file", "submit", "button"].includes(input.type)) continue;
    if (input.type === "checkbox") body[input.name] = input.checked;
    else if (input.type !== "radio" || input.checked) body[input.name] = typed(input);
  }
  for (const group of all("[data-date]", form)) body[group.dataset.date ?? ""] = day(group);
  for (const name of Object.keys(body)) {
    if (body[name] === "" && form.dataset.empty === "null") body[name] = null;
    else if (body[name] === "") delete body[name];
  }
  return body;
}

/** @param {HTMLInputElement} input @returns {string | boolean} */
function typed(input) {
  if (input.type === "radio" && ["true", "false"].includes(input.value)) return input.value === "true";
  if (input.type === "password") return input.value;
  const value = input.value.trim();
  return "digits" in input.dataset ? value.replace(/[\s.-]/g, "") : value;
}

/** @param {HTMLElement} group */
function day(group) {
  const [d, m, y] = parts(group);
  return d || m || y ? `${y.padStart(4, "0")}-${m.padStart(2, "0")}-${d.padStart(2, "0")}` : "";
}

/** @param {HTMLElement} group */
const parts = (group) => /** @type {HTMLInputElement[]} */ (all("input", group)).map((each) => each.value.trim());

/**
 * Put values into a form that is still untouched: what was typed before wins.
 * @param {HTMLFormElement} form
 * @param {Record<string, any>} data
 */
export function prefill(form, data) {
  for (const [name, value] of Object.entries(data)) {
    const group = form.querySelector(`[data-date="${name}"]`);
    if (group && value) {
      const [y, m, d] = String(value).split("-");
      all("input", group).forEach((input, i) => put(/** @type {HTMLInputElement} */ (input), [d, m, y][i]));
      continue;
    }
    const input = form.elements.namedItem(name);
    if (input instanceof RadioNodeList) {
      if (!input.value) input.value = String(value ?? "");
    } else if (input) put(/** @type {HTMLInputElement} */ (input), value);
  }
}

/** @param {HTMLInputElement} input @param {any} value */
function put(input, value) {
  if (!input.value && value !== null && value !== undefined) input.value = String(value);
}

/** Faults of fields that must not be empty. @param {HTMLFormElement} form */
function required(form) {
  return all("[data-field]", form)
    .filter((group) => group.offsetParent !== null && lacks(group))
    .map((group) => ({ field: group.dataset.field, message: demand(group) }));
}

/** @param {HTMLElement} group */
function lacks(group) {
  if ("requiredChoice" in group.dataset) return !group.querySelector("input:checked");
  return /** @type {HTMLInputElement[]} */ (all("[data-required]", group)).some((input) =>
    input.type === "checkbox" ? !input.checked : !input.value.trim(),
  );
}

/** @param {HTMLElement} group */
function demand(group) {
  if (group.querySelector("[type=checkbox]")) return text("required_tick");
  const kind = "date" in group.dataset ? "required_date" : group.querySelector("[type=radio], select") ? "required_choice" : "required";
  return text(kind, { label: called(group) });
}

/** Mid-sentence an ordinary word loses its capital; NIK, SK, HP and their like keep it. @param {HTMLElement} group */
function called(group) {
  const label = group.dataset.label ?? "";
  return /^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
}

/** Dates half typed, and dates no calendar has. @param {HTMLFormElement} form */
function impossible(form) {
  return all("[data-date]", form)
    .filter((group) => group.offsetParent !== null && !lacks(group) && !exists(day(group)))
    .map((group) => ({ field: group.dataset.date, message: text("impossible_date", { label: called(group) }) }));
}

/** @param {string} date YYYY-MM-DD, or empty */
function exists(date) {
  const made = new Date(`${date}T00:00Z`);
  return !date || (!Number.isNaN(made.getTime()) && made.toISOString().startsWith(date));
}
