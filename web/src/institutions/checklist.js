// The checklist of an institution: what is open before it may be finalized by hand.

import { $, rows, tint } from "../core/dom.js";
import { text } from "../core/texts.js";

/** The lines of a checklist that nobody counts yet. @param {finalization.CheckView[]} checklist */
export const uncounted = (checklist) => checklist.filter(({ count }) => count === null);

/**
 * The checklist's lines, those that nobody counts last; an open one leads to where it is settled, if anywhere.
 * @param {finalization.CheckView[]} checklist @param {(code: string) => string} where the address by a line's code, or nothing
 */
export function showChecklist(checklist, where) {
  const lines = [...checklist.filter(({ count }) => count !== null), ...uncounted(checklist)];
  rows("checklist", lines.map((item) => ({ ...item, link: item.count === 0 ? "" : where(item.code), weight: weight(item) })), {
    each: (element, item) => {
      tint($(".govuk-tag", element), standing(item));
      if (!item.link) $("a", element).removeAttribute("href");
    },
  });
}

/** @param {finalization.CheckView} item */
const weight = ({ count, blocking }) => text(count === null ? "round.uncounted" : blocking ? "round.blocking" : "round.advice");

/** The code that colours a line: grey while nobody counts it, green only for what was counted. @param {finalization.CheckView} item */
function standing({ count, blocking }) {
  if (count === null) return "BELUM";
  if (count === 0) return "DITERIMA";
  return blocking ? "DITOLAK" : "PERLU_DITINJAU";
}
