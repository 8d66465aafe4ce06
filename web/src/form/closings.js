// The fields of a form that moves closings of one institution.

import { $, all } from "../core/dom.js";
import { instant } from "../core/format.js";
import { prefillMoment, windowsOf } from "./moments.js";
import { text } from "../core/texts.js";
import { values } from "./values.js";

/**
 * Offer the windows that can still move, each with its present closing: the four until the lock, the SPTJM's from the
 * seal until one is accepted.
 * @param {finalization.InstitutionView} round
 * @returns {boolean} whether there is any
 */
export function offerClosings({ windows, locked_at: locked, phase }) {
  for (const field of all("[data-window]")) {
    const { window: name } = field.dataset;
    const window = windows.find((each) => each.name === name);
    field.hidden = !window || (name === "SPTJM" ? phase === "SPTJM_DITERIMA" : Boolean(locked));
    if (!window) continue;
    const hint = $(".govuk-hint", field);
    hint.dataset.words ??= hint.textContent ?? "";
    hint.textContent = hint.dataset.words.replace("{time}", instant(window.closes));
  }
  return all("[data-window]").some((field) => !field.hidden);
}

/**
 * What is typed, as the interface takes it; hidden fields are not asked.
 * @param {HTMLFormElement} form
 */
export function closingsOf(form) {
  const typed = windowsOf(values(form));
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !all(`[data-window="${name}"]`, form).some((each) => each.offsetParent === null)));
}

/** Fill in instants where nothing has been typed. @param {Record<string, string>} windows */
export function prefillClosings(windows) {
  for (const [name, closes] of Object.entries(windows)) prefillMoment($(`[data-moment="windows_${name}"]`), closes);
}

/** What is wrong when no window is given. @param {HTMLFormElement} form */
export function noClosing(form) {
  if (Object.keys(closingsOf(form)).length) return [];
  const first = all("[data-window]", form).find((each) => each.offsetParent !== null);
  return [{ field: `windows.${first?.dataset.window ?? "VERIFICATION"}`, message: text("round.no_window") }];
}
