// How many NIKs of an institution were corrected, for whoever answers for its list and for bkn.

import { api, apiPath } from "../core/api.js";
import { $ } from "../core/dom.js";
import { number } from "../core/format.js";
import { showProblem } from "../core/problems.js";

/** @param {string} code */
export async function showCorrectedNiks(code) {
  const panel = $("#niks-corrected");
  try {
    const { corrected_niks: count } = await api("GET", apiPath`registration/institutions/${code}/progress`);
    const words = $("p", panel);
    words.textContent = (words.dataset.words ?? "").replace("{count}", number(count));
    panel.hidden = !count;
  } catch (problem) {
    showProblem(problem);
  }
}
