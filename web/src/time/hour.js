// How long an enrolment still lasts, in minutes by the server's clock; said aloud only when it becomes short (WCAG 2.2.1).

import { serverNow } from "../core/clock.js";
import { $ } from "../core/dom.js";
import { instant } from "../core/format.js";
import { text } from "../core/texts.js";

const MINUTE = 60_000;
/** Minutes left at which a screen reader is told. */
const WARN = [10, 2];

let timer = 0;

/**
 * Show in #left how long there is, until it is over.
 * @param {string} until the instant it ends
 * @param {() => void} over told once when it has
 */
export function startHour(until, over) {
  const [left, alert] = [$("[data-left]", $("#left")), $("[data-alert]", $("#left"))];
  let before = Infinity;
  const tick = () => {
    const rest = Date.parse(until) - serverNow();
    const minutes = Math.ceil(rest / MINUTE);
    if (minutes === before) return;
    left.textContent = text("enrolment.left", { minutes: Math.max(0, minutes), time: instant(until) });
    if (WARN.some((limit) => minutes <= limit && limit < before) && minutes > 0) alert.textContent = text("enrolment.soon", { minutes });
    before = minutes;
    if (rest > 0) return;
    clearInterval(timer);
    over();
  };
  clearInterval(timer);
  timer = setInterval(tick, 1000);
  $("#left").hidden = false;
  tick();
}
