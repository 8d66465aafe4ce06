// The schedule of a page: each window's closing instant with its zone, counted down by the server's clock.

import { api, Problem } from "./api.js";
import { $, all } from "./dom.js";
import { duration, instant } from "./format.js";
import { label, text } from "./texts.js";

/** How often the server's clock is asked again. */
const ASK = 60_000;
/** Times left at which a screen reader is told. */
const WARN = [3_600_000, 600_000, 60_000];

/** @typedef {{name: string, opens: string, closes: string, open: boolean}} Window */

/**
 * Keep every [data-calendar] of the page up to date; a "schedule" event on the document makes it ask at once.
 * @param {string} [institution] code; without it the general schedule is shown
 */
export function startCountdown(institution) {
  for (const banner of all("[data-calendar]")) run(banner, institution);
}

/** @param {HTMLElement} banner @param {string} [institution] */
function run(banner, institution) {
  const wanted = (banner.dataset.calendar ?? "").split(" ");
  const list = $(".calendar__list", banner);
  const alert = $("[data-calendar-alert]", banner);
  let offset = 0;
  /** @type {Window[]} */
  let windows = [];
  /** How many warnings each window has had. @type {Map<string, number>} */
  const warned = new Map();

  const ask = async () => {
    const before = Date.now();
    try {
      const answer = await api("GET", `finalization/calendar${institution ? `?institution=${institution}` : ""}`, { guest: true });
      // Half the round trip has passed since the server looked at its clock.
      offset = Date.parse(answer.now) - (before + Date.now()) / 2;
      windows = answer.windows.filter((/** @type {Window} */ each) => wanted.includes(each.name) && each.closes);
      list.replaceChildren(...windows.map(entry));
      tick();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (!windows.length) list.replaceChildren(item(text("countdown.unavailable")));
    }
  };
  const tick = () => {
    const now = Date.now() + offset;
    windows.forEach((each, i) => {
      const rest = update(/** @type {HTMLElement} */ (list.children[i]), each, now);
      const passed = WARN.filter((limit) => rest <= limit).length;
      if (passed > (warned.get(each.name) ?? 0)) alert.textContent = text("countdown.soon", { window: label("windows", each.name), duration: duration(rest) });
      warned.set(each.name, passed);
    });
  };
  ask();
  setInterval(tick, 1000);
  setInterval(ask, ASK);
  document.addEventListener("schedule", ask);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
}

/** @param {string} [words] */
function item(words = "") {
  const made = document.createElement("li");
  made.textContent = words;
  return made;
}

/** One line: the instant, and the part that ticks, which screen readers need not hear every second. */
function entry() {
  const made = item();
  const words = document.createElement("span");
  const left = document.createElement("strong");
  left.className = "calendar__left";
  left.setAttribute("aria-hidden", "true");
  made.append(words, " ", left);
  return made;
}

/**
 * Write one line anew.
 * @param {HTMLElement} line @param {Window} each @param {number} now
 * @returns {number} milliseconds until it closes; infinite when it is not open
 */
function update(line, each, now) {
  const [opens, closes] = [Date.parse(each.opens), Date.parse(each.closes)];
  const state = now < opens ? "opens" : now < closes ? "closes" : "closed";
  const rest = (state === "opens" ? opens : closes) - now;
  const [words, left] = /** @type {HTMLElement[]} */ ([...line.children]);
  const time = instant(state === "opens" ? each.opens : each.closes);
  const sentence = text(`countdown.${state}`, { window: label("windows", each.name), time });
  if (words.textContent !== sentence) words.textContent = sentence;
  left.textContent = state === "closed" ? "" : text(state === "opens" ? "countdown.until" : "countdown.left", { duration: duration(rest) });
  line.className = state === "closed" ? "calendar__closed" : rest < WARN[0] ? "calendar__soon" : "";
  return state === "closes" ? rest : Infinity;
}
