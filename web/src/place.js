// A list keeps its filter and its place while one is away on a record of it: the filter in the address, the place in this tab.

import { all } from "./dom.js";
import { link } from "./texts.js";

/** In the address of a list that one comes back to, not opens. */
const BACK = "#kembali";

/** @typedef {{search: string, count: number, y: number}} Place where one was: the filter, how many rows stood there, how far down */

/** The name under which a list is remembered, whatever the language. @param {string} path */
const keyOf = (path) => `list:${path.replace(/^\/en\//, "/")}`;

/** @param {string} path @returns {Place | null} */
const placeOf = (path) => JSON.parse(sessionStorage.getItem(keyOf(path)) ?? "null");

/**
 * Remember where one is on this list when one leaves it.
 * @param {() => number} count how many rows stand there
 * @returns {Place | null} where one was, if one comes back to it as it was
 */
export function keepPlace(count) {
  const place = cameBack() ? placeOf(location.pathname) : null;
  if (location.hash === BACK) history.replaceState(null, "", location.pathname + location.search);
  addEventListener("pagehide", () => {
    const here = { search: location.search, count: count(), y: scrollY };
    sessionStorage.setItem(keyOf(location.pathname), JSON.stringify(here));
  });
  return place?.search === location.search ? place : null;
}

/** By the link back, by the browser's button or by a reload. */
function cameBack() {
  const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return location.hash === BACK || entry?.type !== "navigate";
}

/** The address of a list as one left it. @param {string} path @param {string} [search] if one was not there */
export const backTo = (path, search = "") => `${link(path)}${placeOf(path)?.search ?? search}${BACK}`;

/**
 * Let the link back lead to the list as one left it.
 * @param {string} path of the list
 * @param {string} [search] if one was not there
 */
export function linkBack(path, search) {
  for (const anchor of all(".govuk-back-link")) anchor.setAttribute("href", backTo(path, search));
}

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
