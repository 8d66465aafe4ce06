// A new password, judged while it is typed; the service judges the rest when he goes on (accounts/passwords.py).

import { $ } from "../core/dom.js";
import { text } from "../core/texts.js";

const SHORTEST = 12;
const LONGEST = 128;
/** A name shorter than this stands in too many words. */
const SHORTEST_NAME = 5;
/** How long nothing is typed before anything is said: a screen reader need not hear each key. */
const PAUSE = 700;

/**
 * What is wrong with a password; empty when nothing is, as far as a page can tell.
 * @param {string} password @param {string} name of whoever's it is
 */
export function faultOf(password, name) {
  const length = [...password].length;
  if (length < SHORTEST) return text("password.short", { n: SHORTEST - length });
  if (length > LONGEST) return text("password.long", { most: LONGEST });
  if (letters(name).length >= SHORTEST_NAME && letters(password).includes(letters(name))) return text("password.name");
  return /^(.{1,4}?)\1+$/su.test(password.toLowerCase()) ? text("password.common") : "";
}

/**
 * Say below the field how the password stands, whenever the typing pauses.
 * @param {HTMLInputElement} input @param {HTMLElement} status @param {() => string} name
 */
export function watchPassword(input, status, name) {
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      status.textContent = input.value && (faultOf(input.value, name()) || text("password.good"));
    }, PAUSE);
  });
}

/**
 * Ask for a password twice: what stands in #password and #password_again.
 * @param {() => string} name of whoever's it is
 * @returns {() => import("../core/errors.js").Fault[]} what is wrong before it is sent
 */
export function askPassword(name) {
  const [password, again] = ["#password", "#password_again"].map((id) => /** @type {HTMLInputElement} */ ($(id)));
  watchPassword(password, $("#password-status"), name);
  return () => {
    const fault = password.value && faultOf(password.value, name());
    if (fault) return [{ field: "password", message: fault }];
    return again.value && again.value !== password.value ? [{ field: "password_again", message: text("password.differs") }] : [];
  };
}

/** @param {string} words */
const letters = (words) => words.toLowerCase().replace(/\P{L}/gu, "");
