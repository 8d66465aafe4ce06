// BKN opens verdicts alone again, for who had submitted and was left undecided: once, without a letter.

import { api, apiPath } from "../../core/api.js";
import { asShown } from "../../core/as-shown.js";
import { $, fill, withQuery } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { go, query } from "../../core/texts.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import "../../form/moments.js";
import { fetchRound } from "../../institutions/round.js";
import { whoAmI } from "../../session/session.js";
import { tellNext } from "../../session/told.js";

const code = query("kode");
const form = /** @type {HTMLFormElement} */ ($("#form"));
let version = 0;

await whoAmI();
withQuery($("[data-institution]"), { kode: code });
bindForm(form, {
  ask: () => confirmed("ask"),
  send: (typed, key) => asShown(() => send(typed, key), load),
  done: () => {
    tellNext(form.dataset.reopened ?? "");
    go(`/bkn/instansi/?kode=${encodeURIComponent(code)}`);
  },
});
await load();

async function load() {
  try {
    const { v, code: own, name, left_undecided: left, recheck_until: until, sptjm } = await fetchRound(code);
    version = v;
    const accepted = sptjm.state === "DITERIMA";
    fill(document, { name: `${own} ${name}`, left, until, accepted, not_accepted: !accepted });
    form.hidden = !until;
    $("#not-now").hidden = Boolean(until);
    $("#loading").hidden = true;
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {any} typed @param {string} key */
function send({ closes, reason }, key) {
  return api("POST", apiPath`finalization/institutions/${code}/verification-reopening`, { body: { v: version, closes, reason }, key });
}
