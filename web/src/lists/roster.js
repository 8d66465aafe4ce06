// A table that is fetched page by page, with filters that live in the address (place.js).

import { api } from "../core/api.js";
import { $, all, rows } from "../core/dom.js";
import { keepPlace } from "./place.js";
import { showProblem } from "../core/problems.js";

/** Rows of a page, and the most that are asked for at once when one comes back to many. */
const PAGE = 50;
const MOST = 100;

/**
 * @typedef {object} Shown
 * @property {number} count how many rows stand there
 * @property {boolean} more whether there may be others
 * @property {boolean} searching whether others are being looked for
 * @property {number} looked how many were looked at, where the list tells
 */

/**
 * @typedef {object} Roster
 * @property {string} path of the list below /api/
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
export function roster({ path, each, shown, filters }) {
  const more = /** @type {HTMLButtonElement} */ ($("#more"));
  let cursor = "";
  let count = 0;
  let looked = 0;
  let turn = 0;
  let place = keepPlace(() => count);

  /** @param {any} answer @param {boolean} append @param {boolean} searching */
  const take = (answer, append, searching) => {
    rows("items", answer.items, { each, append });
    count = (append ? count : 0) + answer.items.length;
    looked = (append ? looked : 0) + (answer.looked ?? 0);
    cursor = answer.cursor ?? "";
    more.hidden = !cursor || searching;
    if (searching) for (const none of all("[data-empty=items]")) none.hidden = true;
    shown?.({ count, more: Boolean(cursor), searching, looked });
  };

  /** Until there are so many more, or no others. @param {boolean} append @param {number} wanted */
  const fetchRows = async (append, wanted) => {
    const mine = ++turn;
    more.disabled = true;
    try {
      const enough = (append ? count : 0) + wanted;
      for (let on = append; ; on = true) {
        const limit = String(Math.min(MOST, enough - (on ? count : 0)));
        const answer = await api("GET", `${path}?${new URLSearchParams({ ...filters?.(), limit, ...(on && { cursor }) })}`);
        if (mine !== turn) return; // a later question has been asked meanwhile
        const searching = Boolean(answer.cursor) && (on ? count : 0) + answer.items.length < enough;
        take(answer, on, searching);
        if (!searching) return;
      }
    } catch (problem) {
      if (mine === turn) showProblem(problem);
    } finally {
      if (mine === turn) more.disabled = false;
    }
  };
  more.addEventListener("click", () => fetchRows(true, PAGE));
  return {
    start: async () => {
      const { count: stood, y } = place ?? { count: PAGE, y: 0 };
      place = null;
      await fetchRows(false, Math.max(stood, PAGE));
      if (y && $("#told").hidden) scrollTo(0, y);
    },
    put: async (asked) => {
      const mine = ++turn;
      try {
        const items = await asked;
        if (mine === turn) take({ items, cursor: null }, false, false);
      } catch (problem) {
        if (mine === turn) showProblem(problem);
      }
    },
  };
}
