// BKN opens corrections and dossiers again for usulan that their close left undecided: one button, no letter.

import { api, apiPath } from "../../core/api.js";
import { asShown } from "../../core/as-shown.js";
import { $, fill, withQuery } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { go, query } from "../../core/texts.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { fetchRound } from "../../institutions/round.js";
import { whoAmI } from "../../session/session.js";
import { tellNext } from "../../session/told.js";

const code = query("kode");
const form = /** @type {HTMLFormElement} */ ($("#form"));
let version = 0;

await whoAmI();
withQuery($("[data-institution]"), { kode: code });
bindForm(form, {
  draft: false,
  ask: () => confirmed("ask"),
  send: (_, key) => asShown(() => api("POST", apiPath`finalization/institutions/${code}/usulan-reopening`, { body: { v: version }, key }), load),
  done: () => {
    tellNext(form.dataset.opened ?? "");
    go(`/bkn/instansi/?kode=${encodeURIComponent(code)}`);
  },
});
await load();

async function load() {
  try {
    const { v, code: own, name, usulan_waiting: waiting, locked_at: at } = await fetchRound(code);
    version = v;
    fill(document, { name: `${own} ${name}`, waiting, locked: Boolean(at) });
    form.hidden = !waiting;
    $("#not-now").hidden = Boolean(waiting);
    $("#loading").hidden = true;
  } catch (problem) {
    showProblem(problem);
  }
}
