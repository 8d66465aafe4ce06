// Data Saya: where the record stands, what is left to do, what became of it, what the rules say.

import { api, keyed } from "../../core/api.js";
import { showChanges } from "../../records/changes.js";
import { startCountdown } from "../../time/countdown.js";
import { $, all, fill, reveal, rows } from "../../core/dom.js";
import { isHis, isLocked, tellOutcome, whyOf } from "../../records/outcome.js";
import { showPapers } from "../../records/papers.js";
import { showVerdict } from "../../records/verdict.js";
import { latestPrefinal, roadNow, showRoad } from "../../records/road.js";
import { showProblem } from "../../core/problems.js";
import { label, text } from "../../core/texts.js";
import { whoAmI } from "../../session/session.js";

/** States in which there is no card: the institution has nobody listed. */
const UNLISTED = ["DRAF", "PINDAH", "DIHAPUS"];

const send = keyed();
const me = await whoAmI(["honorer"]);
// The due date of the SPTJM is in the schedule from the seal on: then there is something to prove.
startCountdown(me.institution?.code, ({ windows }) => {
  $("#proof").hidden = !isLocked(me) || !windows.some((each) => each.name === "SPTJM");
});
show();
tellOutcome(me, showStanding);
// Where he comes from when he has just said so.
if (location.hash === "#inactive" && !$("#inactive").hidden) reveal($("#inactive"));

function show() {
  const sealed = me.outcome === "UNDECIDED" ? "BELUM_DIVERIFIKASI" : me.state;
  const folds = { road_now: roadNow(me), papers: text("papers.count", { count: (me.files ?? []).length }) };
  const prefinal = latestPrefinal(me);
  fill(document, { ...me, ...folds, prefinal_at: prefinal?.at, sealed, state: isLocked(me) ? sealed : me.state, returned_reason: whyOf(me) });
  const title = $("#inactive h2");
  title.textContent = (title.dataset.words ?? "").replace("{institution}", me.institution?.name ?? "");
  showChanges(me.changes ?? []);
  const corrected = me.corrected ?? [];
  rows("corrected", corrected.map((/** @type {registration.CorrectedFieldView} */ { field, at }) => ({ what: label("changes", field), at })));
  $("#corrected").hidden = corrected.length === 0;
  rows("progress", me.progress ?? []);
  showRoad(me);
  showPrefinal(prefinal);
  showAssurance();
  rows("advice", me.advice?.criteria ?? []);
  showFiles();
  showObjection();
  $("#own-sheet").hidden = me.assurance !== "BELUM_DIPASTIKAN";
  $("#cards").hidden = UNLISTED.includes(me.state);
  $("#proof-listed").hidden = me.outcome !== "LISTED";
  $("#proof-unlisted").hidden = me.outcome === "LISTED";
  $("#can-list a").setAttribute("href", `${$("#can-list a").getAttribute("href")}${me.institution?.code}/`);
  $("#withdraw button").addEventListener("click", withdraw);
  $("#loading").hidden = true;
  $("#me").hidden = false;
}

/** Whether the list that everybody checks now shows him. @param {registration.RoadStep | undefined} list */
function showPrefinal(list) {
  $("#prefinal").hidden = !list;
  for (const line of all("[data-prefinal]")) line.hidden = line.dataset.prefinal !== list?.standing;
  const link = $("#prefinal-list");
  link.setAttribute("href", `${link.getAttribute("href")}${me.institution?.code}/`);
}

/** What his account's assurance opens, and how to get one; when all is over nothing gives one any more. */
function showAssurance() {
  const { assurance = "BELUM_DIPASTIKAN" } = me;
  const sure = assurance !== "BELUM_DIPASTIKAN";
  for (const line of all("[data-assurance]")) line.hidden = line.dataset.assurance !== assurance;
  $("#sure").hidden = !sure || isLocked(me);
  $("#unsure").hidden = sure;
  $("#ways").hidden = ["LOCKING", "LOCKED"].includes(me.round.stage);
}

/** His files; which appointments some of them prove is asked only where there are such. */
async function showFiles() {
  const files = me.files ?? [];
  try {
    const ofRows = files.some((file) => file.riwayat);
    showPapers(files, ofRows ? (await api("GET", "registration/me/histories")).items : []);
  } catch (problem) {
    showProblem(problem);
  }
}

/** Until when he may object, where a verdict turns him down; and that there are reports about him. */
async function showObjection() {
  const panel = $("#objection");
  panel.hidden = !me.cases?.length && !me.annotated;
  if (me.state !== "TIDAK_MEMENUHI_SYARAT") return;
  try {
    const view = await api("GET", "registration/me/objection");
    fill(panel, view);
    $("#objection-until").hidden = !view.token;
    panel.hidden = !view.token && !view.cases.length && !view.annotations.length;
  } catch (problem) {
    showProblem(problem);
  }
}

/** What depends on whose turn it is; again when a window closes. */
function showStanding() {
  const told = !$("#outcome").hidden;
  const his = isHis(me);
  $("#meaning").hidden = told && !his;
  showVerdict(me, his);
  $("#returned").hidden = (told && !his) || !whyOf(me);
  $("#inactive").hidden = me.active !== false || isLocked(me);
  for (const line of all("#inactive [data-his]")) line.hidden = !his;
  $("#inactive-over").hidden = his;
  $("#can").hidden = his;
  $("#can-list").hidden = !isLocked(me);
  $("#can-ask").hidden = isLocked(me);
  $("#can-reopen").hidden = !isLocked(me);
  $("#closed-note").hidden = me.outcome !== "YOURS";
  $("#withdraw").hidden = me.outcome !== "SUBMITTED";
  $("#decided").hidden = me.outcome !== "DECIDED" || me.steps.submitted;
  showSteps();
}

function showSteps() {
  for (const item of all("[data-step]")) {
    const done = Boolean(me.steps[item.dataset.step ?? ""]);
    const no = item.dataset.step === "active" && me.active === false;
    const todo = $("[data-todo]", item);
    $("[data-done]", item).hidden = !done;
    $("[data-no]", item).hidden = !no;
    // Who was decided on has nothing left that he must do.
    todo.hidden = done || no || me.outcome === "DECIDED";
    if (isHis(me)) continue;
    todo.textContent = todo.dataset.missed ?? "";
    for (const link of all("a", item)) link.removeAttribute("href");
  }
  showNext();
}

/** The first step that is left, while it is his turn; a statement that he no longer works there is no step to go on from. */
function showNext() {
  const step = all("[data-step]").find((item) => !me.steps[item.dataset.step ?? ""]);
  const target = step?.querySelector("a")?.getAttribute("href");
  $("#next").hidden = me.outcome !== "YOURS" || me.active === false || !target;
  if (target) $("#next").setAttribute("href", target);
}

async function withdraw() {
  const button = /** @type {HTMLButtonElement} */ ($("#withdraw button"));
  button.disabled = true;
  try {
    await send({}, (key) => api("POST", "registration/me/withdrawal", { body: { v: me.v }, key }));
    location.reload();
  } catch (problem) {
    button.disabled = false;
    showProblem(problem);
  }
}
