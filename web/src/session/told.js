// What a deed did is told on the page it leads to: once, in this tab.

import { $, reveal } from "../core/dom.js";

const KEY = "told";

/** Have the next page of the console say this. @param {string} words */
export function tellNext(words) {
  sessionStorage.setItem(KEY, words);
}

/** Say what the page before left to say; whether there was anything. */
export function showTold() {
  const words = sessionStorage.getItem(KEY);
  if (!words) return false;
  sessionStorage.removeItem(KEY);
  const place = $("#told");
  place.textContent = words;
  reveal(place);
  return true;
}
