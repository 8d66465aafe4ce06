// A history that is fetched page by page, from now backwards; nothing of it is kept or filtered.

import { api } from "../core/api.js";
import { $, fill, rows } from "../core/dom.js";
import { showProblem } from "../core/problems.js";

/**
 * Show the first page and let #more fetch what was before. A page may hold few or none and still have others after it.
 * @param {string} path of the history below /api/
 * @param {(item: any) => Record<string, any>} words what a row is filled with
 * @param {(element: HTMLElement, item: any) => void} each finishes a row
 */
export async function trail(path, words, each) {
  const more = /** @type {HTMLButtonElement} */ ($("#more"));
  let cursor = "";
  const next = async () => {
    more.disabled = true;
    try {
      const { items, cursor: before, ...head } = await api("GET", cursor ? `${path}?${new URLSearchParams({ cursor })}` : path);
      fill(document, head);
      rows("items", items.map(words), { each, append: Boolean(cursor) });
      cursor = before ?? "";
      more.hidden = !cursor;
    } catch (problem) {
      showProblem(problem);
    } finally {
      more.disabled = false;
      $("#loading").hidden = true;
    }
  };
  more.addEventListener("click", next);
  await next();
}
