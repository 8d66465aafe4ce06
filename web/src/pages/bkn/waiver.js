// BKN lets one person of an office decide on what he entered himself, against its letter; or ends that.

import { api, apiPath } from "../../core/api.js";
import { confirmed } from "../../form/confirm.js";
import { $, fill, reveal, withQuery } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { showProblem } from "../../core/problems.js";
import { asShown } from "../../core/as-shown.js";
import { fetchRound } from "../../institutions/round.js";
import { showWaivers } from "../../institutions/waivers.js";
import { whoAmI } from "../../session/session.js";
import { go, query } from "../../core/texts.js";
import { tellNext } from "../../session/told.js";
import { takeLetter } from "../../institutions/letter.js";

const code = query("kode");
const form = /** @type {HTMLFormElement} */ ($("#form"));
const news = $("#news");
let version = 0;
/** The number of the waiver that holds. */
let holding = 0;

const me = await whoAmI();
withQuery($("[data-institution]"), { kode: code });
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
  holding = round.waivers.find((each) => each.holds)?.number ?? 0;
  fill(document, { name: `${round.code} ${round.name}` });
  showWaivers(round.waivers.filter((each) => each.holds), me.role);
  $("#withdraw").hidden = !holding;
  $("#locked").hidden = Boolean(holding) || !round.locked_at;
  form.hidden = Boolean(holding) || Boolean(round.locked_at);
  $("#loading").hidden = true;
}

function bind() {
  const letter = takeLetter(form, code);
  bindForm(form, {
    ask: () => confirmed("ask"),
    add: () => ({ letter_file: letter() }),
    send: (typed, key) => asShown(() => give(typed, key), load),
    done: () => {
      tellNext(form.dataset.given ?? "");
      go(`/bkn/instansi/?kode=${encodeURIComponent(code)}`);
    },
  });
  bindForm(/** @type {HTMLFormElement} */ ($("#withdraw-form")), {
    ask: () => confirmed("ask-withdraw"),
    send: ({ withdrawal }, key) => asShown(() => end(withdrawal, key), load),
    done: (round) => {
      show(round);
      news.textContent = news.dataset.withdrawn ?? "";
      reveal(news);
    },
  });
}

/** @param {any} typed @param {string} key */
function give({ letter_number, letter_date, letter_file, until, reason }, key) {
  const body = { v: version, until, reason, letter: { number: letter_number, date: letter_date, file: letter_file || null } };
  return api("POST", apiPath`finalization/institutions/${code}/waivers`, { body, key });
}

/** @param {string} reason @param {string} key */
function end(reason, key) {
  return api("POST", apiPath`finalization/institutions/${code}/waivers/${String(holding)}/withdrawal`, { body: { v: version, reason }, key });
}
