// Numbers and days as they were typed or pasted: read as their owner sees them, as services/kernel/values/texts.py does.
// A month may be a word, and a year its last two figures where they can mean one year only.

import { serverNow } from "../core/clock.js";
import { all } from "../core/dom.js";
import { label } from "../core/texts.js";

/**
 * A number, code or date without what nobody sees; digits and hyphens as a keyboard writes them.
 * @param {string} text
 */
export const seen = (text) => text.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "").replace(/[\u2010-\u2015\u2212]/g, "-").trim();

/**
 * How an instant is read: moments.js says it, on the pages that ask for one and therefore bring it.
 * @type {{read: (group: HTMLElement) => string | null}}
 */
export const instants = { read: () => "" };

/** @param {HTMLElement} group */
export const boxes = (group) => /** @type {HTMLInputElement[]} */ (all("input", group));

/** The date of the first three boxes as YYYY-MM-DD; empty when nothing is typed there. @param {HTMLElement} group */
export function day(group) {
  const [d, m, y] = boxes(group).map((box) => seen(box.value));
  return d || m || y ? `${year(y, group)}-${month(m).padStart(2, "0")}-${d.padStart(2, "0")}` : "";
}

/** Show the whole year that two figures were read as. @param {Event} event a change in some box */
export function completeYear({ target }) {
  const group = /** @type {HTMLElement} */ (target).closest("[data-date]");
  const box = group && boxes(/** @type {HTMLElement} */ (group))[2];
  if (box && box === target) box.value = year(seen(box.value), /** @type {HTMLElement} */ (group));
}

/**
 * The number of a month, from the number or a word of either language, written out or by three letters or more.
 * @param {string} typed
 */
function month(typed) {
  const [word] = /^[a-z]{3,}|$/.exec(typed.toLowerCase()) ?? [];
  const at = label("months", "words").split("|").findIndex((names) => word && ` ${names}`.includes(` ${word}`));
  return at < 0 ? typed : String(at + 1);
}

/**
 * Born in this century is who was born by 2016 (services/kernel/values/identity.py, LATEST_BIRTH_YEAR). Other days may lie up to ten
 * years ahead: of these and the century before, two figures say too little.
 * @param {string} typed @param {HTMLElement} group
 */
function year(typed, group) {
  if (!/^\d\d$/.test(typed)) return typed;
  const birth = group.dataset.date === "tanggal_lahir";
  const ahead = Number(typed) - (birth ? 16 : new Date(serverNow()).getFullYear() % 100);
  return ahead > 0 && ahead <= 10 && !birth ? typed : (ahead > 0 ? "19" : "20") + typed;
}

/** Whether a calendar has this day. @param {string} date YYYY-MM-DD, or empty */
export function exists(date) {
  const made = new Date(`${date}T00:00Z`);
  return !date || (!Number.isNaN(made.getTime()) && made.toISOString().startsWith(date));
}
