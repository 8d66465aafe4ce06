// The filter of a list stands in its address: it is there again after a reload, and can be sent to a colleague.

import { all } from "../core/dom.js";

/**
 * A form that filters a list, its fields kept in the address beside whatever else stands there.
 * @param {HTMLFormElement} form
 * @param {() => void} changed
 * @param {{typing?: boolean, hidden?: (name: string, value: string) => boolean}} [options] typing: also while one types;
 *   hidden: what must not stand in an address
 */
export function bindFilter(form, changed, { typing = false, hidden } = {}) {
  const given = new URLSearchParams(location.search);
  for (const field of fieldsOf(form)) {
    if (field.type === "checkbox") field.checked = given.get(field.name) === field.value;
    else field.value = given.get(field.name) ?? "";
  }
  const take = () => {
    const now = new URLSearchParams(location.search);
    for (const { name } of fieldsOf(form)) now.delete(name);
    for (const [name, value] of Object.entries(filterOf(form))) if (!hidden?.(name, value)) now.set(name, value);
    const search = now.toString();
    history.replaceState(null, "", location.pathname + (search && `?${search}`));
    changed();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take();
  });
  form.addEventListener(typing ? "input" : "change", (event) => {
    const typed = /** @type {HTMLElement} */ (event.target).matches("input:not([type=checkbox])");
    if (typing || !typed) take();
  });
  for (const button of all("[data-submit]", form)) /** @type {HTMLButtonElement} */ (button).disabled = false;
}

/** What is filled in. @param {HTMLFormElement} form @returns {Record<string, string>} */
export function filterOf(form) {
  const filled = fieldsOf(form).map((field) => [field.name, field.type === "checkbox" && !field.checked ? "" : field.value.trim()]);
  return Object.fromEntries(filled.filter(([, value]) => value));
}

/** @param {HTMLFormElement} form @returns {HTMLInputElement[]} */
const fieldsOf = (form) => /** @type {HTMLInputElement[]} */ ([...form.elements]).filter((each) => each.name);
