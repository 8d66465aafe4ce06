// One list of excluded job titles: what it holds, what it would do, and its run.

import { api, apiPath } from "../../core/api.js";
import { asShown } from "../../core/as-shown.js";
import { $, all, fill, reveal, rows, withQuery } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { showProblem } from "../../core/problems.js";
import { query, text } from "../../core/texts.js";
import { showState } from "../../institutions/title-state.js";
import { whoAmI } from "../../session/session.js";
import { answers } from "../../core/watch.js";

const path = apiPath`registration/title-lists/${query("id")}`;
/** What may be done with a list, each with the question that is asked before it, if any. */
const DEEDS = { run: "ask-run", withdrawal: "ask-withdrawal", preview: "", resumption: "" };
const me = await whoAmI();
const news = $("#news");
let version = 0;
/** Counts the followers: a deed begins a new one, and the one before it stops. */
let turn = 0;
bind();
await follow();

/** Ask until nothing of this list is under way any more. */
async function follow() {
  const mine = ++turn;
  try {
    for await (const list of answers(path)) {
      if (mine !== turn) return;
      show(list);
      if (!isUnderWay(list)) break;
    }
    await effects();
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.TitleListView} list */
function show(list) {
  version = list.v;
  fill(document, { ...list, past: list.past || null, mends: !list.same_as });
  showState($("[data-state]"), list.state);
  if (list.same_as) withQuery($("#same"), { id: list.same_as });
  const count = list.run?.institutions ? list.run : list.preview;
  fill(document, { count });
  $("#counting").hidden = !count || count.over;
  $("#count").hidden = !count;
  const bar = /** @type {HTMLProgressElement} */ ($("#bar"));
  bar.value = count?.institutions ? Math.floor(((count.done + count.passed_over) / count.institutions) * 100) : 0;
  $("#share").textContent = count?.institutions ? `${number(count.done + count.passed_over)} / ${number(count.institutions)}` : "";
  for (const element of all("[data-of]")) element.hidden = element.dataset.of !== (list.run?.institutions ? "run" : "preview");
  rows("faults", list.faults.map((fault) => ({ ...fault, where: fault.row ? text("titles.row", { row: fault.row }) : "" })));
  rows("lines", list.lines);
  offer(list);
  $("#loading").hidden = true;
  $("#list").hidden = false;
}

/** Only what may be done now is on the page. @param {registration.TitleListView} list */
function offer(list) {
  const may = {
    run: list.may_run,
    withdrawal: list.state === "DIMUAT" || list.withdrawable_until !== null,
    preview: list.state === "DIMUAT" && Boolean(list.preview?.over),
    resumption: list.state === "BERLAKU" && list.holds && Boolean(list.run?.institutions && list.run.done < list.run.institutions),
  };
  for (const [deed, allowed] of Object.entries(may)) $(`#${deed}`).hidden = me.role !== "bkn" || !allowed;
}

/** @param {registration.TitleListView} list */
function isUnderWay({ state, preview, run }) {
  if (state === "MENUNGGU_UNGGAH") return true;
  if (state === "DIMUAT") return !preview?.over;
  return (state === "DIJADWALKAN" || state === "BERLAKU") && !run?.over;
}

async function effects() {
  /** @type {Answer<"GET registration/title-lists/{identifier}/effects">} */
  const found = await api("GET", `${path}/effects`);
  rows("titles", found.titles);
  rows("institutions", found.institutions.map((each) => ({ ...each, why: each.reason ? text(`titles.${each.reason}`) : "" })));
}

function bind() {
  for (const [deed, question] of Object.entries(DEEDS)) {
    bindForm(/** @type {HTMLFormElement} */ ($(`#${deed}`)), {
      draft: false,
      ask: question ? () => confirmed(question) : undefined,
      send: (_, key) => asShown(() => api("POST", `${path}/${deed}`, { body: { v: version }, key }), follow),
      done: () => {
        news.textContent = text(`titles.done-${deed}`);
        reveal(news);
        void follow();
      },
    });
  }
}
