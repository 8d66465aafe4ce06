// SPTJM: the sealed list, the paper to sign, the signed one handed in. What the PPK answers for, and nothing else.

import { api, apiPath } from "../../core/api.js";
import { asShown } from "../../core/as-shown.js";
import { startCountdown } from "../../time/countdown.js";
import { $ } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { startTicking, until } from "../../time/left.js";
import { showProblem } from "../../core/problems.js";
import { fetchRound, showNever, showReopened, showRound, showSeals, showStatements } from "../../institutions/round.js";
import { showCorrectedNiks } from "../../institutions/niks.js";
import { showWaived } from "../../institutions/waivers.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { text } from "../../core/texts.js";
import { bindUploads } from "../../upload/controls.js";

const me = await whoAmI();
const code = institutionOf(me);
const path = apiPath`finalization/institutions/${code}`;
const form = /** @type {HTMLFormElement} */ ($("#form"));
let signed = "";
let version = 0;
startCountdown(code);
startTicking();
bind();
// Making the PDF, in another tab, moves the SPTJM on.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && load());
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
  const { seal, sptjm } = round;
  version = round.v;
  showRound(round);
  $("#statement").hidden = showNever(round);
  showSeals(round.seals);
  showStatements(sptjm.history, me.role);
  showReopened(round);
  showWaived(round, me.role);
  showCorrectedNiks(round.code);
  $("#returned").hidden = sptjm.state !== "DIKEMBALIKAN"; // of a void one the reopening tells
  $("#nothing").hidden = Boolean(seal);
  $("#paper").hidden = !seal;
  $("#document").setAttribute("href", `/api/${path}/sptjm/document`);
  $("#made").hidden = !seal || sptjm.state !== "BELUM";
  until($("#paper [data-left]"), sptjm.state === "DITERIMA" ? null : sptjm.closes);
  $("#hand-in").hidden = !["DIBUAT", "DIKEMBALIKAN"].includes(sptjm.state);
  $("#round").hidden = false;
  $("#loading").hidden = true;
}

function bind() {
  bindUploads(form, {
    id: `I${code}`,
    names: { instansi: code },
    changed: (_, state, id) => {
      signed = state === "DITERIMA" ? id : "";
    },
  });
  bindForm(form, {
    check: () => (signed ? [] : [{ field: "file", message: text("round.sptjm_first") }]),
    add: () => ({ file: signed }),
    send: (body, key) => asShown(() => api("POST", `${path}/sptjm`, { body: { ...body, v: version }, key }), load),
    done: async () => {
      signed = "";
      form.reset();
      await load();
    },
  });
}
