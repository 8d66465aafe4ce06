// Finalisasi: checklist, prefinal, final, seal, SPTJM.

import { api, newKey } from "../api.js";
import { confirmed } from "../confirm.js";
import { startCountdown } from "../countdown.js";
import { $, fill, rows, tint } from "../dom.js";
import { instant, number } from "../format.js";
import { bindForm } from "../form.js";
import { showProblem } from "../problems.js";
import { fetchRound, showRound } from "../round.js";
import { institutionOf, whoAmI } from "../session.js";
import { link, text } from "../texts.js";
import { pause } from "../transfer.js";
import { bindUploads } from "../upload.js";

const me = await whoAmI(["operator", "verifikator", "admin", "ppk"]);
const code = institutionOf(me);
const path = `finalization/institutions/${code}`;
const finalForm = /** @type {HTMLFormElement} */ ($("#final-form"));
const sptjmForm = /** @type {HTMLFormElement} */ ($("#sptjm-form"));
let letter = "";
let version = 0;
let following = false;
startCountdown(code);
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

/** @param {any} round */
function show(round) {
  showRound(round);
  const { prefinalized, finalized_at: ended, locked_at: locked, phase, seal, sptjm } = round;
  fill(document, {
    prefinal_words: prefinalized ? text("round.prefinal", { number: prefinalized.number, count: number(prefinalized.count), at: instant(prefinalized.at) }) : "",
    locked_words: locked ? text("round.locked", { at: instant(locked) }) : "",
  });
  rows("checklist", round.checklist.map(line), { each: weigh });
  const over = ["FINAL", "SPTJM_DITERIMA"].includes(phase) || Boolean(ended ?? locked) || isDue(round);
  $("#prefinal button").hidden = me.role !== "admin" || phase !== "PENGINPUTAN" || over;
  finalForm.hidden = me.role !== "admin" || over;
  $("#locking").hidden = !over || Boolean(seal);
  $("#sptjm-later").hidden = Boolean(seal);
  $("#sptjm-work").hidden = !seal;
  version = round.v;
  const signer = ["admin", "ppk"].includes(me.role);
  $("#sptjm-document").hidden = !signer;
  $("#sptjm-document").setAttribute("href", `/api/${path}/sptjm/document`);
  sptjmForm.hidden = !signer || ["BELUM", "DITERIMA"].includes(sptjm.state);
  $("#round").hidden = false;
  $("#loading").hidden = true;
  if (over && !seal && !following) follow();
}

/** Whether the last window has closed and the lock is on its way. @param {any} round */
function isDue({ phase, windows }) {
  const shut = windows.some((/** @type {any} */ each) => each.name === "VERIFICATION" && !each.open);
  return shut && ["PENGINPUTAN", "PRAFINAL"].includes(phase);
}

/** @param {any} item */
function line(item) {
  return { ...item, link: item.link && link(item.link), weight: text(item.blocking ? "round.blocking" : "round.advice") };
}

/** @param {HTMLElement} element @param {any} item */
function weigh(element, item) {
  tint($(".govuk-tag", element), item.blocking && item.count > 0 ? "DITOLAK" : item.count > 0 ? "PERLU_DITINJAU" : "DITERIMA");
  $("a", element).toggleAttribute("href", Boolean(item.link));
  if (item.link) $("a", element).setAttribute("href", item.link);
}

/** While requests that came in time are carried through and the list is sealed. */
async function follow() {
  following = true;
  await pause(4000);
  following = false;
  await load();
}

async function moved() {
  document.dispatchEvent(new Event("schedule"));
  await load();
}

function bind() {
  $("#prefinal button").addEventListener("click", async () => {
    if (!(await confirmed("ask-prefinal"))) return;
    try {
      await api("POST", `${path}/prefinalization`, { body: { v: version }, key: newKey() });
      await moved();
    } catch (problem) {
      showProblem(problem);
    }
  });
  bindForm(finalForm, {
    draft: false,
    ask: () => confirmed("ask-final"),
    send: (_, key) => api("POST", `${path}/finalization`, { body: { v: version, confirm: true }, key }),
    done: moved,
  });
  bindUploads(sptjmForm, {
    id: `I${code}`,
    names: { instansi: code },
    changed: (_, state, id) => {
      letter = state === "DITERIMA" ? id : "";
    },
  });
  bindForm(sptjmForm, {
    draft: false,
    check: () => (letter ? [] : [{ field: "SPTJM", message: text("round.sptjm_first") }]),
    send: ({ number: typed }, key) => api("POST", `${path}/sptjm`, { body: { v: version, file: letter, number: typed }, key }),
    done: load,
  });
}
