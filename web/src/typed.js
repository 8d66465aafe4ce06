// Numbers and days as they were typed or pasted: read as their owner sees them, as services/kernel/texts.py does.
// A month may be a word, and a year its last two figures where they can mean one year only.

import { serverNow } from "./clock.js";
import { all } from "./dom.js";
import { label } from "./texts.js";

/** Hyphens that are not the keyboard's own. */
const HYPHENS = /[\u2010-\u2015\u2212]/g;

/**
 * A number, code or date without what nobody sees; digits and hyphens as a keyboard writes them.
 * @param {string} text
 */
export const seen = (text) => text.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "").replace(HYPHENS, "-").trim();

/** The last two figures up to which somebody is born in this century (services/kernel/identity.py, LATEST_BIRTH_YEAR). */
const LATEST_BIRTH = 16;
/** Years ahead of today in which a day may still lie: between them and this century's past two figures say too little. */
const AHEAD = 10;

/** The date of three boxes as YYYY-MM-DD; empty when nothing is typed. @param {HTMLElement} group a [data-date] */
export function day(group) {
  const [d, m, y] = boxes(group).map((box) => seen(box.value));
  return d || m || y ? `${year(y, group)}-${month(m).padStart(2, "0")}-${d.padStart(2, "0")}` : "";
}

/** Show the whole year that two figures were read as. @param {EventTarget | null} box */
export function completeYear(box) {
  const input = /** @type {HTMLInputElement} */ (box);
  const group = /** @type {HTMLElement | null} */ (input.closest("[data-date]"));
  if (group && input === boxes(group)[2]) input.value = year(seen(input.value), group);
}

/**
 * The number of a month, from the number or a word of either language, written out or by three letters or more.
 * @param {string} typed
 */
export function month(typed) {
  const [word] = /^[a-z]{3,}/.exec(typed.toLowerCase()) ?? [];
  const at = word ? label("months", "words").split("|").findIndex((names) => ` ${names}`.includes(` ${word}`)) : -1;
  return at < 0 ? typed : String(at + 1);
}

/** @param {string} typed @param {HTMLElement} group */
function year(typed, group) {
  if (!/^\d\d$/.test(typed)) return typed;
  const figures = Number(typed);
  const now = new Date(serverNow()).getFullYear() % 100;
  const [past, open] = group.dataset.date === "tanggal_lahir" ? [LATEST_BIRTH, 0] : [now, AHEAD];
  if (figures > past && figures <= past + open) return typed;
  return (figures > past ? "19" : "20") + typed;
}

/** @param {HTMLElement} group */
const boxes = (group) => /** @type {HTMLInputElement[]} */ (all("input", group));
