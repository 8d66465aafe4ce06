// A table that is fetched page by page, with filters that live in the address.

import { api } from "./api.js";
import { $, rows } from "./dom.js";
import { showProblem } from "./problems.js";

/**
 * @typedef {object} Roster
 * @property {string} path of the list below /api/
 * @property {(element: HTMLElement, item: any) => void} [each] finishes a row
 * @property {(count: number, more: boolean) => void} [shown] told how many rows stand there
 * @property {() => Record<string, string>} [filters] what to ask for
 */

/**
 * Show the first page; the page's #more button fetches the following ones.
 * @param {Roster} roster
 * @returns {() => Promise<void>} starts again from the first page, after the filters have changed
 */
export function roster({ path, each, shown, filters }) {
  const more = /** @type {HTMLButtonElement} */ ($("#more"));
  let cursor = "";
  let count = 0;
  let turn = 0;

  const page = async (/** @type {boolean} */ append) => {
    const mine = ++turn;
    more.disabled = true;
    try {
      const answer = await api("GET", `${path}?${new URLSearchParams({ ...filters?.(), ...(append && { cursor }) })}`);
      if (mine !== turn) return; // a later question has been asked meanwhile
      rows("items", answer.items, { each, append });
      count = (append ? count : 0) + answer.items.length;
      cursor = answer.cursor ?? "";
      more.hidden = !cursor;
      shown?.(count, Boolean(cursor));
    } catch (problem) {
      showProblem(problem);
    } finally {
      more.disabled = false;
    }
  };
  more.addEventListener("click", () => page(true));
  return () => page(false);
}
