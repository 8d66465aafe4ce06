// Waivers for an office of one, as bkn and the institution's own people read them.

import { api, apiPath } from "../core/api.js";
import { $, rows, tint } from "../core/dom.js";
import { date, instant, number } from "../core/format.js";
import { showProblem } from "../core/problems.js";
import { text } from "../core/texts.js";
import { LETTERS, openFile } from "./round.js";

/** All that are given, the last first. @param {finalization.WaiverView[]} waivers @param {string} role */
export function showWaivers(waivers, role) {
  $("#waivers").hidden = waivers.length === 0;
  rows("waivers", [...waivers].reverse().map(inWords), {
    each: (element, item) => {
      tint($(".govuk-tag", element), item.holds ? "PERLU_DITINJAU" : "BELUM");
      openFile(element, LETTERS.includes(role) ? item.letter.file : null);
    },
  });
}

/** That there are any, and how many decisions rest on them. @param {finalization.InstitutionView} round @param {string} role */
export async function showWaived({ code, waivers }, role) {
  $("#waived").hidden = waivers.length === 0;
  if (!waivers.length) return;
  showWaivers(waivers, role);
  const counted = $("#waived-count");
  try {
    const { waived } = await api("GET", apiPath`registration/institutions/${code}/progress`);
    counted.textContent = (counted.dataset.words ?? "").replace("{count}", number(waived));
  } catch (problem) {
    showProblem(problem);
  }
}

/** What the page says of one, in its own words. */
const words = () => $("#waivers").dataset;

/** @param {finalization.WaiverView} waiver */
const inWords = (waiver) => ({
  ...waiver,
  standing: (waiver.holds ? words().holds : words().over) ?? "",
  letter_words: text("round.letter", { number: waiver.letter.number, date: date(waiver.letter.date) }),
  span: (words().span ?? "").replace("{since}", instant(waiver.at)).replace("{until}", instant(waiver.withdrawn_at ?? waiver.until)),
});
