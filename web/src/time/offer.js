// What a page offers only while a window is open, and what it says instead before and after.

import { $, all, reveal } from "../core/dom.js";
import { beginning, instant } from "../core/format.js";

/** Phases in which an institution is locked. */
const LOCKED = ["FINAL", "SPTJM_DITERIMA", "TIDAK_MENDATA"];
const STATES = ["before", "while", "after"];

/**
 * Show what holds at an instant: [data-while="ENTRY"] as long as that window is open, [data-before] until it opens,
 * [data-after] from its close on; [data-locked] and [data-unlocked] by the phase. [data-opens] and [data-closes] tell
 * the instants. Of several names, as in data-while="ENTRY CORRECTION", one open window is enough, and the last to close
 * is the end. A form that could be begun stays where it is: nothing typed is lost, and there may be an extension.
 * @param {{windows: {name: string, opens: string, closes: string}[], phase?: string | null}} schedule
 * @param {number} now milliseconds, by the server's clock
 */
export function offer({ windows, phase }, now) {
  const states = new Map(windows.map(({ name, opens, closes }) => [name, stateAt(now, opens, closes)]));
  for (const each of STATES) {
    for (const element of all(`[data-${each}]`)) {
      const known = (element.dataset[each] ?? "").split(" ").map((name) => states.get(name)).filter(Boolean);
      if (known.length) show(element, each === together(known));
    }
  }
  for (const { name, opens, closes } of windows) {
    for (const element of all(`[data-opens="${name}"]`)) element.textContent = beginning(opens);
    for (const element of all(`[data-closes="${name}"]`)) element.textContent = instant(closes);
  }
  const locked = LOCKED.includes(phase ?? "");
  for (const element of all("[data-locked]")) element.hidden = !locked;
  for (const element of all("[data-unlocked]")) element.hidden = locked;
}

/** @param {number} now @param {string} opens @param {string} closes */
const stateAt = (now, opens, closes) => (now < Date.parse(opens) ? "before" : now < Date.parse(closes) ? "while" : "after");

/** What several windows come to. @param {(string | undefined)[]} states */
const together = (states) => ["while", "before"].find((state) => states.includes(state)) ?? "after";

/** Let a visitor open the form that the general schedule has closed: his institution may have a later one. */
export function openAnyway() {
  const form = $("[data-anyway]");
  $("#anyway").addEventListener("click", () => {
    form.dataset.offered = "";
    reveal(form);
  });
}

/** @param {HTMLElement} element @param {boolean} on */
function show(element, on) {
  const begun = "offered" in element.dataset && element.querySelector("input, select, textarea");
  element.hidden = !on && !begun;
  if (on && "while" in element.dataset) element.dataset.offered = "";
}
