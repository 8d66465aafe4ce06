// Where a list of excluded job titles stands, in words and in the colour of its tag.

import { tint } from "../core/dom.js";
import { label } from "../core/texts.js";

/** The colours of codes that tags know, by state; the others are blue. @type {Record<string, string>} */
const COLOURS = { BERLAKU: "SELESAI", DIBATALKAN: "BERAKHIR" };

/** @param {HTMLElement} tag @param {string} state */
export function showState(tag, state) {
  tag.textContent = label("title_lists", state);
  tint(tag, COLOURS[state] ?? state);
}
