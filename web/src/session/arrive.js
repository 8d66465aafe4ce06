// Where one wanted to go before a sign-in page came between, and going there.

import { hadSession, sessionBegan } from "../core/api.js";
import { $ } from "../core/dom.js";
import { link, query } from "../core/texts.js";

const wanted = query("lanjut");

/** Say why one is asked to sign in: the session ended, or there was none. */
export function showWhy() {
  $("#ended").hidden = !wanted || !hadSession();
  $("#begin").hidden = !wanted || hadSession();
}

/**
 * Go on, signed in. Only an address of this site, and of this role, is gone back to.
 * @param {string} home of the role
 * @param {string[]} [rooms] where else it works
 */
export function arrive(home, rooms = []) {
  sessionBegan();
  const place = wanted.replace(/^\/en(?=\/)/, "");
  const own = wanted.startsWith("/") && !wanted.startsWith("//") && [home, ...rooms].some((room) => place.startsWith(room));
  location.assign(own ? wanted : link(home));
}
