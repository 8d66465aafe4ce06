// The schedule of a page: each window's closing instant with its zone, counted down by the server's clock.

import { api } from "./api.js";
import { $, all } from "./dom.js";
import { duration, instant } from "./format.js";
import { label, text } from "./texts.js";

/** How often the server's clock is asked again. */
const ASK = 60_000;
/** Times left at which a screen reader is told. */
const WARN = [3_600_000, 600_000, 60_000];

/** @typedef {{name: string, opens: string, closes: string, open: boolean}} Window */

/**
 * Keep every [data-calendar] of the page up to date.
 * @param {string} [institution] code; without it the general schedule is shown
 */
export function startCountdown(institution) {
  for (const banner of all("[data-calendar]")) run(banner, institution);
}

/** @param {HTMLElement} banner @param {string} [institution] */
function run(banner, institution) {
  const wanted = (banner.dataset.calendar ?? "").split(" ");
  const list = $(".calendar__list", banner);
  let offset = 0;
  /** @type {Window[]} */
  let windows = [];

  const ask = async () => {
    const before = Date.now();
    try {
      const answer = await api("GET", `finalization/calendar${institution ? `?institution=${institution}` : ""}`, { guest: true });
      // Half the round trip has passed since the server looked at its clock.
      offset = Date.parse(answer.now) - (before + Date.now()) / 2;
      windows = answer.windows.filter((/** @type {Window} */ each) => wanted.includes(each.name) && each.closes);
      list.replaceChildren(...windows.map(entry));
      tick();
    } catch {
      if (!windows.length) list.replaceChildren(item(text("countdown.unavailable")));
    }
  };
  const tick = () => {
    const now = Date.now() + offset;
    windows.forEach((each, i) => update(banner, /** @type {HTMLElement} */ (list.children[i]), each, now));
  };
  ask();
  setInterval(tick, 1000);
  setInterval(ask, ASK);
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

/** @param {HTMLElement} banner @param {HTMLElement} line @param {Window} each @param {number} now */
function update(banner, line, each, now) {
  const [opens, closes] = [Date.parse(each.opens), Date.parse(each.closes)];
  const window = label("windows", each.name);
  const state = now < opens ? "opens" : now < closes ? "closes" : "closed";
  const [words, left] = /** @type {HTMLElement[]} */ ([...line.children]);
  const sentence = text(`countdown.${state}`, { window, time: instant(state === "opens" ? each.opens : each.closes) });
  if (words.textContent !== sentence) words.textContent = sentence;
  const rest = (state === "opens" ? opens : closes) - now;
  left.textContent = state === "closed" ? "" : text(state === "opens" ? "countdown.until" : "countdown.left", { duration: duration(rest) });
  line.className = state === "closed" ? "calendar__closed" : rest < WARN[0] ? "calendar__soon" : "";
  if (state === "closes") warn(banner, window, rest);
}

/** @param {HTMLElement} banner @param {string} window @param {number} rest */
function warn(banner, window, rest) {
  const passed = WARN.filter((limit) => rest <= limit).length;
  const alert = $("[data-calendar-alert]", banner);
  if (passed > Number(alert.dataset[window] ?? 0)) {
    alert.dataset[window] = String(passed);
    alert.textContent = text("countdown.soon", { window, duration: duration(rest) });
  }
}
