// What a form can tell by itself: empty fields, dates that no calendar has, times that no clock shows. The service checks the rest.

import { all } from "../core/dom.js";
import { text } from "../core/texts.js";
import { day, exists, instants } from "./typed.js";

/**
 * What is wrong before anything is sent.
 * @param {HTMLFormElement} form
 * @returns {import("../core/errors.js").Fault[]}
 */
export const faultsOf = (form) => [...required(form), ...short(form), ...impossible(form), ...noInstants(form)];

/** Whether a field can be filled in: it is on the screen and not disabled. @param {HTMLElement} group */
const asked = (group) => group.offsetParent !== null && group.querySelector("input:disabled, select:disabled, textarea:disabled") === null;

/** Fields that must not be empty. @param {HTMLFormElement} form */
function required(form) {
  return all("[data-field]", form)
    .filter((group) => asked(group) && lacks(group))
    .map((group) => ({ field: group.dataset.field, message: demand(group) }));
}

/** Texts with fewer characters than the service takes. @param {HTMLFormElement} form */
function short(form) {
  return /** @type {HTMLInputElement[]} */ (all("[minlength]", form))
    .filter((input) => input.value.trim() && input.value.trim().length < input.minLength && input.offsetParent !== null)
    .map((input) => {
      const group = /** @type {HTMLElement} */ (input.closest("[data-field]"));
      return { field: group.dataset.field, message: text("too_short", { label: called(group), n: input.minLength }) };
    });
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
  if (group.dataset.label?.endsWith("?")) return text("required_answer");
  const kind = "date" in group.dataset || "moment" in group.dataset ? "required_date" : group.querySelector("[type=radio], select") ? "required_choice" : "required";
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
    .filter((group) => asked(group) && !lacks(group) && !exists(day(group)))
    .map((group) => ({ field: group.dataset.date, message: text("impossible_date", { label: called(group) }) }));
}

/** Instants half typed, or of no day or no time. @param {HTMLFormElement} form */
function noInstants(form) {
  return all("[data-moment]", form)
    .filter((group) => asked(group) && !lacks(group) && instants.read(group) === null)
    .map((group) => ({ field: group.dataset.moment, message: text("impossible_moment", { label: called(group) }) }));
}
