// BKN sets the round's windows: what is typed is shown with its consequences first, and applied after that.

import { api } from "../../core/api.js";
import { asShown } from "../../core/as-shown.js";
import { confirmed } from "../../form/confirm.js";
import { startCountdown } from "../../time/countdown.js";
import { $, fill, reveal, rows } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { beginning, instant, number } from "../../core/format.js";
import { prefillMoment, putMoment, windowsOf } from "../../form/moments.js";
import { showProblem } from "../../core/problems.js";
import { whoAmI } from "../../session/session.js";
import { label, text } from "../../core/texts.js";

const SIDES = /** @type {const} */ (["opens", "closes"]);

const form = /** @type {HTMLFormElement} */ ($("#form"));
const preview = $("#preview");
const news = $("#news");
/** @type {number | null} */
let version = null;
/** What was previewed, and nothing else, is applied. @type {Record<string, any>} */
let wanted = {};

const me = await whoAmI();
startCountdown();
bind();
await load(prefillMoment);

/** @param {(group: HTMLElement, instant: string) => void} put fills the fields with the calendar in force */
async function load(put) {
  try {
    const calendar = await api("GET", "finalization/calendar");
    version = calendar.v;
    for (const window of calendar.windows) for (const side of SIDES) put($(`[data-moment="windows_${window.name}_${side}"]`), window[side]);
    $("#loading").hidden = true;
    form.hidden = me.role !== "bkn"; // not before it holds the calendar in force: what is typed would be lost
  } catch (problem) {
    showProblem(problem);
  }
}

/** The calendar that is typed, as the interface takes it. @param {any} typed */
function calendarOf({ letter_number, letter_date, ...rest }) {
  /** @type {Record<string, Record<string, string>>} */
  const windows = {};
  for (const [name, instant] of Object.entries(windowsOf(rest))) {
    const [window, side] = name.split("_");
    windows[window] = { ...windows[window], [side]: instant };
  }
  return { windows, letter: { number: letter_number, date: letter_date } };
}

/** @param {finalization.CalendarPreview} answer */
function show(answer) {
  fill(preview, { institutions: answer.institutions });
  rows("changes", answer.changes.map(change));
  rows("timeline", events(answer.timeline));
  reveal(preview);
}

/** Of a window that moves, the sides that do. @param {finalization.Change} changed */
function change({ window, from, to }) {
  const moved = SIDES.filter((side) => Date.parse(from[side]) !== Date.parse(to[side]));
  const sides = SIDES.map((side) => [side, moved.includes(side) ? { from: from[side], to: to[side] } : null]);
  return { window, ...Object.fromEntries(sides) };
}

/** What happens, minute by minute. @param {finalization.TimelineEvent[]} timeline @returns {{at: string, words: string}[]} */
function events(timeline) {
  const lines = timeline.map(({ at, window, event: kind }) => ({ at: (kind === "opens" ? beginning : instant)(at), words: text(`calendar.${kind}`, { window: window ? label("windows", window) : "" }) }));
  const instants = [...new Set(lines.map(({ at }) => at))];
  return instants.map((at) => ({ at, words: lines.filter((each) => each.at === at).map(({ words }) => words).join("\n") }));
}

function bind() {
  form.addEventListener("input", () => (preview.hidden = true));
  // Fields keep what is typed; only the version they are measured against is fetched anew.
  const renew = () => load(() => {});
  bindForm(form, {
    send: (typed, key) =>
      asShown(() => {
        wanted = calendarOf(typed);
        return api("POST", "finalization/calendar/preview", { body: { ...wanted, v: version }, key });
      }, renew),
    done: show,
  });
  bindForm(/** @type {HTMLFormElement} */ ($("#apply")), {
    draft: false,
    ask: () => confirmed("ask"),
    send: (_, key) => asShown(() => api("PUT", "finalization/calendar", { body: { ...wanted, v: version }, key }), renew),
    done: async (answer) => {
      preview.hidden = true;
      form.reset();
      await load(putMoment);
      document.dispatchEvent(new Event("schedule"));
      news.textContent = text("calendar.applied", { v: answer.v, count: number(answer.applying) });
      reveal(news);
    },
  });
}
