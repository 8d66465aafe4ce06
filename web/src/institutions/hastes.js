// That an institution was finalized by hand before its list had been announced for five days, and why.

import { $, rows } from "../core/dom.js";
import { number } from "../core/format.js";

/** Every time, the last first. @param {finalization.InstitutionView} round */
export function showHastes({ hastes }) {
  const panel = $("#hastes");
  panel.hidden = hastes.length === 0;
  rows("hastes", [...hastes].reverse().map((each) => ({ ...each, up: days(panel, each.days) })));
}

/** @param {HTMLElement} panel that has the words @param {number | null} count */
const days = (panel, count) => (count === null ? panel.dataset.none : panel.dataset.days?.replace("{count}", number(count))) ?? "";
