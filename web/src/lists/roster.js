// A table that is fetched page by page, with filters that live in the address (place.js).

import { api } from "../core/api.js";
import { $, all, rows } from "../core/dom.js";
import { keepPlace } from "./place.js";
import { showProblem } from "../core/problems.js";

/** Rows of a page, the most that are asked for at once. A page may hold fewer and still have others after it. */
const PAGE = 50;

/**
 * @typedef {object} Shown
 * @property {number} count how many rows stand there
 * @property {boolean} more whether there may be others
 * @property {number} found how many there are altogether, where the list tells
 */

/**
 * @typedef {object} Roster
 * @property {string} path of the list below /api/
 * @property {(item: any) => Record<string, any>} [words] what a row is filled with, if not with what was answered
 * @property {(element: HTMLElement, item: any) => void} [each] finishes a row
 * @property {(shown: Shown) => void} [shown] told what stands there
 * @property {() => Record<string, string>} [filters] what to ask for
 */

/**
 * A list whose #more button fetches the following pages. Where one comes back to it, it stands as it stood.
 * @param {Roster} roster
 * @returns {{start: () => Promise<void>, put: (asked: Promise<any[]>) => Promise<void>}} start: from the first page, also
 *   after the filters have changed; put: show what is answered here instead, unless something else is asked for meanwhile
 */
export function roster({ path, words = (item) => item, each, shown, filters }) {
  const more = /** @type {HTMLButtonElement} */ ($("#more"));
  let cursor = "";
  let count = 0;
  let turn = 0;
  let place = keepPlace(() => count);

  /** @param {any} answer @param {boolean} append */
  const take = (answer, append) => {
    rows("items", answer.items.map(words), { each, append });
    count = (append ? count : 0) + answer.items.length;
    cursor = answer.cursor ?? "";
    more.hidden = !cursor;
    shown?.({ count, more: Boolean(cursor), found: answer.found ?? count });
  };

  /** A page, and further ones until so many stand there again. @param {boolean} append @param {number} wanted */
  const fetchRows = async (append, wanted) => {
    const mine = ++turn;
    more.disabled = true;
    try {
      for (let on = append; ; on = true) {
        const answer = await api("GET", `${path}?${new URLSearchParams({ ...filters?.(), limit: String(PAGE), ...(on && { cursor }) })}`);
        if (mine !== turn) return; // a later question has been asked meanwhile
        take(answer, on);
        if (!cursor || count >= wanted) return;
      }
    } catch (problem) {
      if (mine === turn) showProblem(problem);
    } finally {
      if (mine === turn) more.disabled = false;
    }
  };
  more.addEventListener("click", () => fetchRows(true, 0));
  return {
    start: async () => {
      const { count: stood, y } = place ?? { count: 0, y: 0 };
      place = null;
      await fetchRows(false, stood);
      if (y && $("#told").hidden) scrollTo(0, y);
    },
    put: async (asked) => {
      const mine = ++turn;
      try {
        const items = await asked;
        if (mine === turn) take({ items, cursor: null }, false);
      } catch (problem) {
        if (mine === turn) showProblem(problem);
      }
    },
  };
}
