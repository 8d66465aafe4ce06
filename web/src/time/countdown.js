// The schedule of a page: each window's closing instant with its zone, counted down by the server's clock.

import { api, Problem } from "../core/api.js";
import { heard, serverNow } from "../core/clock.js";
import { $, all } from "../core/dom.js";
import { beginning, duration, instant } from "../core/format.js";
import { offer } from "./offer.js";
import { label, text } from "../core/texts.js";

/** How often the server's clock is asked again. */
const ASK = 60_000;
/** Times left at which a screen reader is told. */
const WARN = [3_600_000, 600_000, 60_000];

const CLOSED = "calendar__closed";

/** @typedef {{name: string, opens: string, closes: string, open: boolean}} Window */

/**
 * Keep every [data-calendar] of the page up to date; a "schedule" event on the document makes it ask at once.
 * It tells the document of a window that closes by a "windowclosed" event, with the window's name.
 * @param {string} [institution] code; without it the general schedule is shown
 * @param {(calendar: finalization.CalendarView) => void} [shown] told each answer of the server
 */
export function startCountdown(institution, shown) {
  for (const banner of all("[data-calendar]")) run(banner, institution, shown);
}

/** @param {HTMLElement} banner @param {string} [institution] @param {(calendar: finalization.CalendarView) => void} [shown] */
function run(banner, institution, shown) {
  const wanted = (banner.dataset.calendar ?? "").split(" ");
  const list = $(".calendar__list", banner);
  const alert = $("[data-calendar-alert]", banner);
  list.replaceChildren(item(list.dataset.waiting));
  /** @type {Window[]} */
  let windows = [];
  /** What the server said last. @type {finalization.CalendarView | null} */
  let schedule = null;
  /** What was left of each window when it was looked at last; infinite unless it was open. @type {Map<string, number>} */
  const left = new Map();

  const ask = async () => {
    const before = Date.now();
    try {
      const answer = await api("GET", `finalization/calendar?${new URLSearchParams(institution ? { institution } : {})}`, { guest: true });
      heard(answer.now, before);
      schedule = answer;
      offer(answer, serverNow());
      shown?.(answer);
      windows = answer.windows.filter((/** @type {Window} */ each) => wanted.includes(each.name) && each.closes);
      list.replaceChildren(...windows.map(entry));
      tick();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (!windows.length) list.replaceChildren(item(text("countdown.unavailable")));
    }
  };
  const tick = () => {
    const news = windows.map((each, i) => {
      const line = /** @type {HTMLElement} */ (list.children[i]);
      const before = left.get(each.name) ?? Infinity;
      const rest = update(line, each, serverNow());
      left.set(each.name, rest);
      return told(each, line, before, rest);
    });
    if (news.some(Boolean)) alert.textContent = news.filter(Boolean).join(" ");
  };
  ask();
  setInterval(tick, 1000);
  setInterval(ask, ASK);
  document.addEventListener("schedule", ask);
  document.addEventListener("windowclosed", () => schedule && offer(schedule, serverNow()));
  // A device that slept, or a page that comes back from the browser's store, has an old schedule.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && (tick(), ask()));
  addEventListener("pageshow", (event) => event.persisted && ask());
  addEventListener("online", ask);
}

/**
 * What a screen reader is told of a window: that one of the limits has been passed, or that it has closed.
 * @param {Window} each @param {HTMLElement} line @param {number} before @param {number} rest
 */
function told(each, line, before, rest) {
  const passed = (/** @type {number} */ time) => WARN.filter((limit) => time <= limit).length;
  if (passed(rest) > passed(before)) return text("countdown.soon", { window: label("windows", each.name), duration: duration(rest) });
  if (before === Infinity || line.className !== CLOSED) return "";
  document.dispatchEvent(new CustomEvent("windowclosed", { detail: each.name }));
  return `${line.children[0].textContent}.`;
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
  const time = state === "opens" ? beginning(each.opens) : instant(each.closes);
  const sentence = text(`countdown.${state}`, { window: label("windows", each.name), time });
  if (words.textContent !== sentence) words.textContent = sentence;
  left.textContent = state === "closed" ? "" : text(state === "opens" ? "countdown.until" : "countdown.left", { duration: duration(rest) });
  line.className = state === "closed" ? CLOSED : rest < WARN[0] ? "calendar__soon" : "";
  return state === "closes" ? rest : Infinity;
}
