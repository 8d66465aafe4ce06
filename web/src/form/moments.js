// Instants typed as a day and a time of day, in WIB whatever the device's own zone is.

import { boxes, day, exists, instants, seen } from "./typed.js";

const HOUR = 3_600_000;
const WIB = 7 * HOUR;
const TIME = /^(?:([01]?\d|2[0-3])[.:]([0-5]\d)|(24)[.:](00))$/;

/**
 * What is typed, as ISO 8601 with its zone; empty without a day, null when it is no instant.
 * @param {HTMLElement} group a [data-moment]
 * @returns {string | null}
 */
export function moment(group) {
  const date = day(group);
  const [, hours, minutes, end] = TIME.exec(seen(boxes(group)[3].value)) ?? [];
  if (!date) return "";
  if (!exists(date) || !(hours ?? end)) return null;
  return iso(Date.parse(`${date}T00:00Z`) + (end ? 24 * HOUR : Number(hours) * HOUR + Number(minutes) * 60_000));
}

instants.read = moment;

/**
 * Put an instant into the boxes, over whatever stands there; a close at midnight as 24.00 of the day that ends.
 * @param {HTMLElement} group @param {string} instant
 */
export function putMoment(group, instant) {
  const at = Date.parse(instant) + WIB;
  const midnight = at % (24 * HOUR) === 0 && !group.dataset.moment?.endsWith("_opens");
  const [date, time] = midnight ? [wall(at - HOUR).split("T")[0], "24:00"] : wall(at).split("T");
  const [y, m, d] = date.split("-");
  [String(Number(d)), String(Number(m)), y, time.replace(":", ".")].forEach((value, i) => (boxes(group)[i].value = value));
}

/** The same, unless something has been typed there. @param {HTMLElement} group @param {string} instant */
export function prefillMoment(group, instant) {
  if (!boxes(group).slice(0, 3).some((box) => box.value)) putMoment(group, instant);
}

/**
 * The instants of a form by the names of their windows, from fields called windows_<NAME>.
 * @param {Record<string, any>} body @returns {Record<string, string>}
 */
export function windowsOf(body) {
  const named = Object.entries(body).filter(([name]) => name.startsWith("windows_"));
  return Object.fromEntries(named.map(([name, value]) => [name.slice("windows_".length), value]));
}

/** @param {number} at milliseconds of a wall clock @returns {string} "2022-10-31T17:00" */
const wall = (at) => new Date(at).toISOString().slice(0, 16);

/** @param {number} at the same */
const iso = (at) => `${wall(at)}:00+07:00`;
