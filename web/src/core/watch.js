// Asking again how work stands that is under way: as often as the service says, by our own measure where it does not.

import { api, LONGEST } from "./api.js";

/** @param {number} milliseconds */
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * Wait before the same is asked again.
 * @param {number} said seconds, by the service; 0: it did not say
 * @param {number} usual milliseconds otherwise
 */
export const patience = (said, usual) => pause(Math.min(said, LONGEST) * 1000 || usual);

/**
 * What a service answers, again and again. Whoever listens stops when the work is done.
 * @param {string} path as for `api`
 * @param {boolean} [guest] whether there is no session to renew
 * @returns {AsyncGenerator<any, never, void>}
 */
export async function* answers(path, guest) {
  for (let usual = 800; ; usual = Math.min(5000, usual * 1.4)) {
    let said = 0;
    yield await api("GET", path, { guest, wait: (seconds) => (said = seconds) });
    await patience(said, usual);
  }
}
