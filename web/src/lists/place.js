// A list keeps its place in this tab while one is away on a record of it; its filter stands in the address (filter.js).

import { all } from "../core/dom.js";
import { link } from "../core/texts.js";

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
