// What is opened by number and code: typed on its page, or kept by this tab from where it was filed. Neither stands in an address.

import { $ } from "../core/dom.js";
import { bindForm } from "./form.js";

/** @typedef {{number: string, code: string}} Opened */
/** @typedef {"case" | "application"} Name of what a tab keeps */

/** @param {Name} name @param {Opened} opened */
export const keep = (name, { number, code }) => sessionStorage.setItem(name, JSON.stringify({ number, code }));

/** @param {Name} name */
export const drop = (name) => sessionStorage.removeItem(name);

/** What this tab opened last; what is none opens nothing. @param {Name} name @returns {Opened | null} */
export function kept(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/**
 * Wake the form that asks for number and code.
 * @template T
 * @param {(typed: Opened) => Promise<T>} look
 * @param {(typed: Opened, found: T) => void} done
 */
export function bindLook(look, done) {
  bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
    draft: false,
    send: async ({ number, code }) => ({ typed: { number, code }, found: await look({ number, code }) }),
    done: ({ typed, found }) => done(typed, found),
  });
}
