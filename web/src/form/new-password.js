// A new password, judged while it is typed; the service judges the rest when he goes on (accounts/passwords.py).

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

/** @param {string} words */
const letters = (words) => words.toLowerCase().replace(/\P{L}/gu, "");
