// Antrean: how many records wait for a verdict of whoever asks, and the next one.

import { api, apiPath } from "../../core/api.js";
import { $, all, fill, reveal, rows } from "../../core/dom.js";
import { clearFaults } from "../../core/errors.js";
import { showProblem } from "../../core/problems.js";
import { query, text } from "../../core/texts.js";
import { bindFilter, filterOf } from "../../lists/filter.js";
import { takeNext } from "../../records/queue.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";

const PARTS = /** @type {const} */ (["voided", "submitted", "returned", "unsubmitted"]);

const me = await whoAmI(["verifikator", "admin"]);
const code = institutionOf(me);
const form = /** @type {HTMLFormElement} */ ($("#filter"));
const start = /** @type {HTMLButtonElement} */ ($("#start"));
const look = /** @type {HTMLButtonElement} */ ($("#look"));
/** Fetched where somebody wants it. @type {Promise<() => Promise<void>> | undefined} */
let together;
startCountdown(code);
for (const why of ["empty", "busy"]) if (query("habis") === why) reveal($(`#${why}`));
bindFilter(form, count);
start.addEventListener("click", begin);
look.addEventListener("click", lookTogether);
await count();

async function count() {
  clearFaults();
  const { shuffled, ...wanted } = filterOf(form);
  try {
    const counted = await api("GET", `${apiPath`registration/institutions/${code}/queue`}?${new URLSearchParams(wanted)}`);
    fill($("#counts"), { ...counted });
    const checks = "second" in wanted;
    rows("parts", checks ? [{ name: text("queue.second"), ...counted.submitted }] : PARTS.map((part) => ({ name: text(`queue.${part}`), ...counted[part] })));
    $("#asks-second").hidden = !checks && counted.second === 0;
    $("#second-waiting").hidden = checks || counted.second === 0;
    for (const words of all("[data-turns]")) words.hidden = checks;
    $("#shut").hidden = counted.open;
    start.disabled = look.disabled = !counted.open;
    $("#together").hidden = checks || !counted.open;
    $("#loading").hidden = true;
    $("#counts").hidden = false;
  } catch (problem) {
    showProblem(problem);
  }
}

/** A second tap takes no second record: the button rests until the answer is there. */
async function begin() {
  start.disabled = true;
  for (const why of ["empty", "busy"]) $(`#${why}`).hidden = true;
  try {
    const { page, busy } = await takeNext(code);
    if (page) return location.assign(page);
    reveal($(busy ? "#busy" : "#empty"));
    await count();
  } catch (problem) {
    showProblem(problem);
  }
  start.disabled = false;
}

/** What may be approved together. */
async function lookTogether() {
  look.disabled = true;
  together ??= import("../../records/together.js").then((found) => found.together(code, count));
  try {
    await (await together)();
  } finally {
    look.disabled = false;
  }
}
