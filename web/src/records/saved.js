// Answers that a help desk keeps for reuse, each put into a message or a decision by one press.

import { api, apiPath, Problem } from "../core/api.js";
import { $, all, rows } from "../core/dom.js";

/**
 * Offer them beside each field that takes one; where there are none, or they cannot be had, one writes as ever.
 * @param {string} code of the institution, `nasional` for bkn
 */
export async function offerSaved(code) {
  try {
    const { answers } = await api("GET", apiPath`announcements/institutions/${code}/answers`);
    for (const part of all("[data-saved]")) offer(part, answers);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
  }
}

/** @param {HTMLElement} part @param {announcements.AnswerText[]} answers */
function offer(part, answers) {
  const field = /** @type {HTMLTextAreaElement} */ ($(`#${part.dataset.saved}`));
  part.hidden = answers.length === 0;
  rows("saved", answers, {
    within: part,
    each: (element, { text }) => $("button", element).addEventListener("click", () => put(field, text)),
  });
}

/** Below what stands there already. @param {HTMLTextAreaElement} field @param {string} text */
function put(field, text) {
  field.value = [field.value.trim(), text].filter(Boolean).join("\n");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
