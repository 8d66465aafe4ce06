// What stands in a form, as the interface names it, and the other way round.

import { all } from "../core/dom.js";
import { day, instants, seen } from "./typed.js";

/**
 * What was typed, under the names of the interface: dates as YYYY-MM-DD, instants with their zone, ticks as true or false.
 * Empty fields are left out, or null where the form says data-empty="null"; what is disabled is not asked and not sent.
 * @param {HTMLFormElement} form
 * @returns {Record<string, any>}
 */
export function values(form) {
  /** @type {Record<string, any>} */
  const body = {};
  for (const input of /** @type {HTMLInputElement[]} */ ([...form.elements])) {
    if (!asked(input) || input.closest("[data-date], [data-moment]") || ["file", "submit", "button"].includes(input.type)) continue;
    if (input.type === "checkbox") body[input.name] = input.checked;
    else if (input.type !== "radio" || input.checked) body[input.name] = typed(input);
  }
  for (const group of all("[data-date]", form).filter(parted)) body[group.dataset.date ?? ""] = day(group);
  for (const group of all("[data-moment]", form).filter(parted)) body[group.dataset.moment ?? ""] = instants.read(group) ?? "";
  for (const name of Object.keys(body)) {
    if (body[name] === "" && form.dataset.empty === "null") body[name] = null;
    else if (body[name] === "") delete body[name];
  }
  return body;
}

/** @param {HTMLInputElement} input */
const asked = (input) => input.name !== "" && !input.matches(":disabled");

/** Whether a field of several boxes can be filled in. @param {HTMLElement} group */
const parted = (group) => group.querySelector("input:disabled") === null;

/** @param {HTMLInputElement} input @returns {string | boolean} */
function typed(input) {
  if (input.type === "radio" && ["true", "false"].includes(input.value)) return input.value === "true";
  if (input.type === "password") return input.value;
  return "digits" in input.dataset ? seen(input.value).replace(/[\s.-]/g, "") : input.value.trim();
}

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
