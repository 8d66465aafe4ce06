// BKN opens one institution again, in one of three ways: what stands now, one question, and back to the institution.

import { api, apiPath } from "../core/api.js";
import { asShown } from "../core/as-shown.js";
import { $, fill, withQuery } from "../core/dom.js";
import { showProblem } from "../core/problems.js";
import { go } from "../core/texts.js";
import { confirmed } from "../form/confirm.js";
import { bindForm } from "../form/form.js";
import { whoAmI } from "../session/session.js";
import { tellNext } from "../session/told.js";
import { fetchRound } from "./round.js";

/**
 * Wake the page (of_institution.html).
 * @param {string} code the institution
 * @param {"reopening" | "usulan-reopening" | "verification-reopening"} way
 * @param {object} its
 * @param {(round: finalization.InstitutionView) => {open: boolean} & Record<string, any>} its.stands whether it may be
 *   opened so now, and what the page says of it
 * @param {(typed: any) => object} [its.body] what is sent beside the version
 * @param {() => Record<string, any>} [its.add] as of a form's binding
 * @param {boolean} [its.draft] as of a form's binding
 */
export async function bindReopening(code, way, { stands, body = () => ({}), add, draft }) {
  const form = /** @type {HTMLFormElement} */ ($("#form"));
  let version = 0;

  await whoAmI();
  withQuery($("[data-institution]"), { kode: code });
  bindForm(form, {
    draft,
    add,
    ask: () => confirmed("ask"),
    send: (typed, key) => asShown(() => api("POST", apiPath`finalization/institutions/${code}/${way}`, { body: { v: version, ...body(typed) }, key }), load),
    done: () => {
      tellNext(form.dataset.done ?? "");
      go(`/bkn/instansi/?kode=${encodeURIComponent(code)}`);
    },
  });
  await load();

  async function load() {
    try {
      const round = await fetchRound(code);
      version = round.v;
      const { open, ...shown } = stands(round);
      fill(document, { name: `${round.code} ${round.name}`, ...shown });
      form.hidden = !open;
      $("#not-now").hidden = open;
      $("#loading").hidden = true;
    } catch (problem) {
      showProblem(problem);
    }
  }
}
