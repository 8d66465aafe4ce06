// An institution's round as its two pages show it: phase, windows, counts, seal, SPTJM.

import { api } from "./api.js";
import { $, all, fill, rows, tint } from "./dom.js";
import { instant, number } from "./format.js";
import { label, text } from "./texts.js";

/** @param {string} code */
export const fetchRound = (code) => api("GET", `finalization/institutions/${code}`);

/** @param {any} round */
export function showRound(round) {
  const { seal } = round;
  fill(document, {
    ...round,
    seal_words: seal ? sealWords(seal) : "",
    ppk_words: round.ppk ? [round.ppk.nama, round.ppk.jabatan].filter(Boolean).join(", ") : "",
  });
  $("#no-seal").hidden = Boolean(seal);
  rows("windows", round.windows, { each: openness });
  const counts = Object.entries(round.counts?.by_state ?? {}).filter(([, count]) => Number(count) > 0);
  rows("states", counts.map(([state, count]) => ({ state, count })));
}

/** @param {any} seal */
const sealWords = (seal) =>
  [instant(seal.sealed_at), `${number(seal.count)} = ${label("categories", "THK-II")} ${number(seal.thk2)} + ${label("categories", "NON-ASN")} ${number(seal.non_asn)}`].join("; ");

/** @param {HTMLElement} element @param {any} window */
function openness(element, window) {
  for (const tag of all(".govuk-tag", element)) {
    tag.textContent = text(window.open ? "window_open" : "window_shut");
    tint(tag, window.open ? "DITERIMA" : "DITUTUP");
  }
}
