// BKN on one institution: what waits for a decision, the SPTJM under review, everything on record.

import { api, apiPath } from "../../core/api.js";
import { asShown } from "../../core/as-shown.js";
import { startCountdown } from "../../time/countdown.js";
import { $, fill, reveal, withQuery } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { linkBack } from "../../lists/place.js";
import { showProblem } from "../../core/problems.js";
import { showNotice } from "../../institutions/publication.js";
import { extension, fetchRound, openFile, showLetters, showNever, showProgress, showRound, showSeals, showStatements } from "../../institutions/round.js";
import { showChecklist } from "../../institutions/checklist.js";
import { showHastes } from "../../institutions/hastes.js";
import { showCorrectedNiks } from "../../institutions/niks.js";
import { showWaived } from "../../institutions/waivers.js";
import { whoAmI } from "../../session/session.js";
import { query } from "../../core/texts.js";

const code = query("kode");
const form = /** @type {HTMLFormElement} */ ($("#sptjm-form"));
const news = $("#news");
let version = 0;

const me = await whoAmI();
for (const anchor of [$("#people"), $("#answer"), $("#announcement"), $("#users"), $("#grant"), $("#decide"), $("#reopen a"), $("#recheck a"), $("#usulan a"), $("#waive"), $("#release")]) withQuery(anchor, { kode: code });
startCountdown(code);
linkBack("/bkn/");
showNotice(code, { kode: code });
bind();
await load();

async function load() {
  try {
    show(await fetchRound(code));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {finalization.InstitutionView} round */
function show(round) {
  version = round.v;
  showRound(round);
  const never = showNever(round);
  $("#grant").hidden = never || (Boolean(round.locked_at) && !(round.phase === "FINAL" && round.seal));
  if (never) $("#no-seal").hidden = true;
  showProgress(round);
  showSeals(round.seals);
  showLetters(round, me.role);
  showStatements(round.sptjm.history, me.role);
  const open = round.checklist.filter((each) => each.count !== 0);
  showChecklist(open, () => "");
  $("#ready").hidden = open.some((each) => each.blocking && each.count !== null);
  showHastes(round);
  showWaived(round, me.role);
  showCorrectedNiks(round.code);
  showRequest(round.extensions.find((each) => each.state === "DIMINTA"));
  showReview(round);
  $("#recheck").hidden = !round.recheck_until;
  $("#usulan").hidden = !round.usulan_waiting;
  $("#reopen").hidden = !["FINAL", "SPTJM_DITERIMA"].includes(round.phase);
  $("#loading").hidden = true;
  $("#round").hidden = false;
}

/** @param {finalization.ExtensionView} [request] that waits */
function showRequest(request) {
  const panel = $("#request");
  panel.hidden = !request;
  if (!request) return;
  fill(panel, { request: extension(request) });
  openFile(panel, request.letter.file);
  withQuery($("#decide"), { permohonan: request.id });
}

/** @param {finalization.InstitutionView} round */
function showReview({ sptjm, ppk }) {
  const waiting = sptjm.state === "DIUNGGAH";
  fill($("#review"), { signer: sptjm.signer ?? ppk, printed: sptjm.printed_number ?? form.dataset.unseen });
  openFile($("#review"), sptjm.file);
  $("#review").hidden = !waiting && sptjm.state !== "DITERIMA";
  $("#compare").hidden = !waiting;
  $("#sptjm-none").hidden = waiting || sptjm.state === "DITERIMA";
  form.hidden = !waiting || me.role !== "bkn";
}

function bind() {
  bindForm(form, {
    send: ({ decision, reason = null }, key) =>
      asShown(() => api("POST", apiPath`finalization/institutions/${code}/sptjm/decision`, { body: { v: version, decision, reason }, key }), load),
    done: async () => {
      form.reset();
      await load();
      say(news.dataset.decided ?? "");
    },
  });
}

/** @param {string} words */
function say(words) {
  news.textContent = words;
  reveal(news);
}
