// A problem as the person reads it.

import { Problem } from "./api.js";
import { all, reveal } from "./dom.js";
import { clearFaults, showFaults } from "./errors.js";
import { duration } from "./format.js";
import { text } from "./texts.js";

/**
 * Show a problem: the page's own panel for its type where there is one, else the list of faults.
 * Anything that is not a Problem is a fault in our own script and goes on to the console.
 * @param {unknown} problem
 * @param {{kept?: boolean}} [options] kept: say that what was typed is still there
 */
export function showProblem(problem, { kept = false } = {}) {
  if (!(problem instanceof Problem)) throw problem;
  // What the page was waiting for does not come.
  for (const waiting of all(".loading")) waiting.hidden = true;
  // The schedule on the screen is wrong when the service says that a window has closed or not yet opened.
  if (problem.status === 410) document.dispatchEvent(new Event("schedule"));
  const panel = document.querySelector(`[data-problem="${CSS.escape(problem.type)}"]`);
  if (panel instanceof HTMLElement) {
    clearFaults();
    reveal(panel);
    return;
  }
  showFaults(problem.title || text("error_title"), [...problem.fields, ...missing(problem)], {
    lead: lead(problem, kept),
    call: problem.call,
  });
}

/** @param {Problem} problem */
const missing = (problem) => problem.missing.map((each) => ({ message: each.text }));

/** @param {Problem} problem @param {boolean} kept */
function lead(problem, kept) {
  // How long to wait is said once: by the seconds there are to wait, or else in the service's words.
  const waits = problem.status === 429 && problem.retryAfter > 0;
  const lines = [waits ? text("retry_after", { time: duration(problem.retryAfter * 1000) }) : problem.detail];
  if (kept && [410, 429, 503, 504].includes(problem.status)) lines.push(text("kept"));
  if (problem.status >= 500 && problem.requestId) lines.push(text("request", { id: problem.requestId }));
  return lines.filter(Boolean);
}
