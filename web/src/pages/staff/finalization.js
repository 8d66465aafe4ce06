// Finalisasi: checklist, prefinal, final, seal. What is signed has a page of its own.

import { api, apiPath, keyed } from "../../core/api.js";
import { asShown } from "../../core/as-shown.js";
import { confirmed } from "../../form/confirm.js";
import { startCountdown } from "../../time/countdown.js";
import { $, fill, rows } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { bindForm } from "../../form/form.js";
import { startTicking, until } from "../../time/left.js";
import { showProblem } from "../../core/problems.js";
import { showChecklist, uncounted } from "../../institutions/checklist.js";
import { fetchRound, showLetters, showNever, showProgress, showReopened, showRound } from "../../institutions/round.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { label, link, text } from "../../core/texts.js";
import { patience } from "../../core/watch.js";
import { mayOpen } from "../../session/ways.js";

/** States that the deadline seals as not verified. */
const UNDECIDED = ["TERDAFTAR", "AKUN_DIBUAT", "DIAJUKAN", "DIKEMBALIKAN", "KONFLIK"];

const me = await whoAmI();
const code = institutionOf(me);
const path = apiPath`finalization/institutions/${code}`;
const finalForm = /** @type {HTMLFormElement} */ ($("#final-form"));
let version = 0;
let following = false;
/** Seconds, as the service said with what is shown. */
let wait = 0;
startCountdown(code);
startTicking();
bind();
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && load());
document.addEventListener("windowclosed", load);
await load();

async function load() {
  try {
    show(await fetchRound(code, (seconds) => (wait = seconds)));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {finalization.InstitutionView} round */
function show(round) {
  version = round.v;
  const closes = lastClose(round);
  fill(document, { closes, undecided: undecided(round) });
  showRound(round);
  showProgress(round);
  showLetters(round, me.role);
  showReopened(round);
  showChecklist(round.checklist, settledAt);
  $("#scoped").hidden = !me.units?.length;
  rows("uncounted", uncounted(round.checklist));
  $("#uncounted").hidden = uncounted(round.checklist).length === 0;
  $("#hash-later").hidden = !round.prefinalized || Boolean(round.prefinalized.hash);
  const never = showNever(round);
  $("#steps").hidden = never;
  const over = Boolean(round.finalized_at ?? round.locked_at) || isDue(round);
  showSteps(round, over);
  until($("#else [data-left]"), closes);
  $("#to-sptjm").hidden = me.role !== "admin" || !round.seal;
  $("#round").hidden = false;
  $("#loading").hidden = true;
  if (over && !never && !round.seal && !following) follow();
}

/** Where a line of the checklist is settled, if one may go there. @param {string} code */
function settledAt(code) {
  const path = label("checklist_pages", code);
  return mayOpen(me, path) ? link(path) : "";
}

/** @param {finalization.InstitutionView} round @param {boolean} over */
function showSteps(round, over) {
  const admin = me.role === "admin";
  const ready = round.phase === "PRAFINAL";
  const blocked = round.checklist.some((each) => each.blocking && each.count);
  $("#prefinal button").hidden = !admin || round.phase !== "PENGINPUTAN" || over;
  finalForm.hidden = !admin || over || !ready || blocked;
  const haste = round.checklist.some((each) => each.excused && each.count);
  $("#haste").hidden = !haste;
  /** @type {HTMLTextAreaElement} */ ($("#reason")).disabled = !haste;
  $("#not-yet").hidden = over || ready;
  $("#blocked").hidden = over || !ready || !blocked;
  $("#else").hidden = over;
  $("#locking").hidden = !over || Boolean(round.seal);
  $("#more-time").hidden = !admin || (over && !round.seal) || round.phase === "SPTJM_DITERIMA";
}

/** When everything locks by itself. @param {finalization.InstitutionView} round */
function lastClose({ windows }) {
  const gated = windows.filter((each) => each.name !== "SPTJM").map((each) => each.closes);
  return gated.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? "";
}

/** @param {finalization.InstitutionView} round */
function undecided({ counts }) {
  if (!counts) return "";
  const count = UNDECIDED.reduce((sum, state) => sum + (counts.by_state[state] ?? 0), 0);
  return count ? text("round.undecided", { count: number(count) }) : text("round.decided");
}

/**
 * Whether the last window has closed and the lock is on its way. A window that has not opened yet is not open either,
 * and a device's clock may be wrong: the closing is held against the instant of the server's answer.
 * @param {finalization.InstitutionView} round
 */
function isDue(round) {
  return Date.parse(lastClose(round)) <= Date.parse(round.now);
}

/** While requests that came in time are carried through and the list is sealed. */
async function follow() {
  following = true;
  await patience(wait, 4000);
  following = false;
  await load();
}

async function moved() {
  document.dispatchEvent(new Event("schedule"));
  await load();
}

function bind() {
  const send = keyed();
  const prefinal = /** @type {HTMLButtonElement} */ ($("#prefinal button"));
  prefinal.addEventListener("click", async () => {
    if (!(await confirmed("ask-prefinal"))) return;
    prefinal.disabled = true;
    try {
      await send({}, (key) => asShown(() => api("POST", `${path}/prefinalization`, { body: { v: version }, key }), load));
      await moved();
    } catch (problem) {
      showProblem(problem);
    } finally {
      prefinal.disabled = false;
    }
  });
  bindForm(finalForm, {
    draft: false,
    ask: () => confirmed("ask-final"),
    send: ({ reason = null }, key) =>
      asShown(() => api("POST", `${path}/finalization`, { body: { v: version, confirm: true, reason }, key }), load),
    done: moved,
  });
}
