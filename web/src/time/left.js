// Times left that tick by the server's clock, beside instants that stand in the page. Not announced: they are read where they stand.

import { serverNow } from "../core/clock.js";
import { all } from "../core/dom.js";
import { duration } from "../core/format.js";
import { text } from "../core/texts.js";

/**
 * Let an element show the time left until an instant; nothing once it has passed, or when there is none.
 * @param {HTMLElement} element
 * @param {string | null | undefined} instant
 */
export function until(element, instant) {
  element.dataset.until = instant ?? "";
  write(element);
}

/** Keep all of them up to date, also right after the device slept or the tab came back. */
export function startTicking() {
  const tick = () => all("[data-until]").forEach(write);
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
  addEventListener("pageshow", tick);
}

/** @param {HTMLElement} element */
function write(element) {
  const rest = Date.parse(element.dataset.until ?? "") - serverNow();
  const words = rest > 0 ? text("countdown.left", { duration: duration(rest) }) : "";
  if (element.textContent !== words) element.textContent = words;
}
