// What a page offers only while a window is open, and what it says instead before and after.

import { $, all, reveal } from "../core/dom.js";
import { beginning, instant } from "../core/format.js";

/** Phases in which an institution is locked. */
const LOCKED = ["FINAL", "SPTJM_DITERIMA", "TIDAK_MENDATA"];
const STATES = ["before", "while", "after"];

/**
 * Show what holds at an instant: [data-while="ENTRY"] as long as that window is open, [data-before] until it opens,
 * [data-after] from its close on; [data-locked] and [data-unlocked] by the phase. [data-opens] and [data-closes] tell
 * the instants. A form that could be begun stays where it is: nothing typed is lost, and there may be an extension.
 * @param {{windows: {name: string, opens: string, closes: string}[], phase?: string | null}} schedule
 * @param {number} now milliseconds, by the server's clock
 */
export function offer({ windows, phase }, now) {
  for (const { name, opens, closes } of windows) {
    const state = now < Date.parse(opens) ? "before" : now < Date.parse(closes) ? "while" : "after";
    for (const each of STATES) for (const element of all(`[data-${each}="${name}"]`)) show(element, each === state);
    for (const element of all(`[data-opens="${name}"]`)) element.textContent = beginning(opens);
    for (const element of all(`[data-closes="${name}"]`)) element.textContent = instant(closes);
  }
  const locked = LOCKED.includes(phase ?? "");
  for (const element of all("[data-locked]")) element.hidden = !locked;
  for (const element of all("[data-unlocked]")) element.hidden = locked;
}

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
