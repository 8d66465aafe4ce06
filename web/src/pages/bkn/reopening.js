// BKN opens a finalized institution again, against its letter; its SPTJM becomes void.

import { api, apiPath } from "../../api.js";
import { confirmed } from "../../confirm.js";
import { $, fill, withQuery } from "../../dom.js";
import { bindForm } from "../../form.js";
import { windowsOf } from "../../moments.js";
import { showProblem } from "../../problems.js";
import { asShown, fetchRound } from "../../round.js";
import { whoAmI } from "../../session.js";
import { go, query } from "../../texts.js";
import { tellNext } from "../../told.js";
import { bindUploads } from "../../upload.js";

const code = query("kode");
const form = /** @type {HTMLFormElement} */ ($("#form"));
let letter = "";
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
  bindUploads(form, {
    id: `I${code}`,
    names: { instansi: code },
    changed: (_, state, file) => {
      letter = state === "DITERIMA" ? file : "";
    },
  });
  bindForm(form, {
    ask: () => confirmed("ask"),
    add: () => ({ letter_file: letter }),
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
