// What has become of a person's record, on his pages: whose turn it is, and once his own time is over nothing that
// asks him to go on. The service says which it is (services/registration/dossiers/outcome.py).

import { $, all } from "../core/dom.js";
import { beginning, instant } from "../core/format.js";
import { text } from "../core/texts.js";

/** Outcomes under which he may change his record. */
const HIS = ["YOURS", "DECIDED"];
/** Outcomes of an institution that is not locked, in which its windows still rule. */
const RUNNING = [...HIS, "SUBMITTED", "AWAITED", "HALTED"];
/** Outcomes whose words depend on the state of the record. */
const BY_STATE = ["HALTED", "AWAITED", "UNDECIDED"];
/** @typedef {import("../session/session.js").Me} Me */

/** Whether he may change his record. @param {Me} me */
export const isHis = (me) => HIS.includes(me.outcome);

/** Whether the institution is locked, so that nothing of the record changes any more. @param {Me} me */
export const isLocked = (me) => me.round.stage === "LOCKED";

/**
 * Tell in the page's #outcome what has become of the record, and take away [data-his], what only he may go on with
 * whose turn it is. When a window closes meanwhile the page says so; a form he has begun stays, with what he typed.
 * @param {Me} me
 * @param {(me: Me) => void} [told] told each time
 */
export function tellOutcome(me, told) {
  for (const element of all("[data-his]")) element.hidden = !isHis(me);
  tell(me);
  told?.(me);
  document.addEventListener("windowclosed", (event) => {
    const next = afterClose(me.outcome, /** @type {CustomEvent<string>} */ (event).detail);
    if (next === me.outcome) return;
    me.outcome = next;
    tell(me);
    told?.(me);
  });
}

/** What becomes of it by the close of a window, until the service is asked again. @param {string} outcome @param {string} window */
function afterClose(outcome, window) {
  if (window === "VERIFICATION" && RUNNING.includes(outcome)) return "LOCKING";
  return window === "DOSSIER" && [...HIS, "SUBMITTED"].includes(outcome) ? "AWAITED" : outcome;
}

/** @param {Me} me */
function tell(me) {
  const panel = $("#outcome");
  const quiet = [...HIS, ...(panel.dataset.quiet ?? "").split(" ")].includes(me.outcome);
  panel.hidden = quiet && !me.round.reopened;
  panel.className = `panel ${me.outcome === "LISTED" ? "panel--good" : "panel--warn"}`;
  const lines = quiet ? reopening(me) : wordsOf(me);
  $("h2", panel).textContent = lines.title;
  $("[data-said]", panel).textContent = lines.text;
  const why = $("[data-why]", panel);
  why.hidden = !lines.why;
  $("span", why).textContent = lines.why;
}

/** @param {Me} me */
function wordsOf(me) {
  const { outcome, round } = me;
  const own = `${outcome}.${BY_STATE.includes(outcome) ? stateOf(me) : "text"}`;
  const sealed = outcome === "LISTED" && ["FINAL", "SPTJM_DITERIMA"].includes(round.phase) ? [`phases.${round.phase}`] : [];
  const lines = [own, ...sealed, ...(round.reopened ? ["phases.reopened"] : [])];
  return { title: said(me, `${outcome}.title`), text: lines.map((line) => said(me, line)).join(" "), why: whyOf(me) };
}

/** While it is his turn, only that the round was opened again needs telling. @param {Me} me */
const reopening = (me) => ({ title: said(me, "phases.reopened_title"), text: said(me, "phases.reopened"), why: "" });

/** @param {Me} me @param {string} name */
function said({ institution, round }, name) {
  return text(`outcomes_of_record.${name}`, {
    institution: institution?.name ?? "",
    opens: beginning(round.dossier_opens),
    dossier: instant(round.dossier_closes),
    verification: instant(round.verification_closes),
    last: instant(round.last_close),
  });
}

/** An account does not make undecided data another thing. @param {Me} me */
const stateOf = ({ state }) => (state === "TERDAFTAR" ? "AKUN_DIBUAT" : state);

/** The reason a human gave for the state the record is in. @param {Me} me @returns {string} */
export function whyOf({ state, decisions, deletion_reason: deleted }) {
  const last = (decisions ?? []).at(-1);
  return deleted ?? (last?.decision === state ? last?.reason : null) ?? "";
}
