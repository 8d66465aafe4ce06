// BKN opens a finalized institution again, against its letter; its SPTJM becomes void.

import { api, apiPath } from "../../core/api.js";
import { asShown } from "../../core/as-shown.js";
import { confirmed } from "../../form/confirm.js";
import { $, fill, withQuery } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { windowsOf } from "../../form/moments.js";
import { showProblem } from "../../core/problems.js";
import { fetchRound } from "../../institutions/round.js";
import { whoAmI } from "../../session/session.js";
import { go, query } from "../../core/texts.js";
import { tellNext } from "../../session/told.js";
import { takeLetter } from "../../institutions/letter.js";

const code = query("kode");
const form = /** @type {HTMLFormElement} */ ($("#form"));
let version = 0;

await whoAmI();
withQuery($("[data-institution]"), { kode: code });
bind();
await load();

async function load() {
  try {
    const round = await fetchRound(code);
    version = round.v;
    fill(document, { name: `${round.code} ${round.name}`, sptjm: round.sptjm });
    const final = ["FINAL", "SPTJM_DITERIMA"].includes(round.phase);
    form.hidden = !final;
    $("#not-final").hidden = final;
    $("#loading").hidden = true;
  } catch (problem) {
    showProblem(problem);
  }
}

function bind() {
  const letter = takeLetter(form, code);
  bindForm(form, {
    ask: () => confirmed("ask"),
    add: () => ({ letter_file: letter() }),
    send: (typed, key) => asShown(() => send(typed, key), load),
    done: () => {
      tellNext(form.dataset.reopened ?? "");
      go(`/bkn/instansi/?kode=${encodeURIComponent(code)}`);
    },
  });
}

/** @param {any} typed @param {string} key */
function send({ letter_number, letter_date, letter_file, reason, ...rest }, key) {
  const body = { v: version, windows: windowsOf(rest), reason, letter: { number: letter_number, date: letter_date, file: letter_file || null } };
  return api("POST", apiPath`finalization/institutions/${code}/reopening`, { body, key });
}
