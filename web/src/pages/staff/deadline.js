// 10 hari terakhir: what is undecided while verification runs out, by unit and verifikator, and who has not been told.

import { api, apiPath } from "../../core/api.js";
import { $, fill, rows } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { link, text } from "../../core/texts.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";

/** Units that stand there at first, and with each press. */
const AT_ONCE = 25;

const me = await whoAmI();
const code = institutionOf(me);
/** @type {Record<string, any>[]} */
let units = [];
fill(document, me);
startCountdown(code);
$("#more").addEventListener("click", showUnits);
await load();

async function load() {
  try {
    const left = await api("GET", apiPath`registration/institutions/${code}/deadline`);
    fill(document, { left });
    rows("lost", Object.entries(left.lost).map(([state, count]) => ({ state, count, link: `${link("/instansi/orang/")}?${new URLSearchParams({ state })}` })));
    rows("deciders", left.deciders.map((/** @type {registration.DeciderLeft} */ each) => ({ ...each, units_words: each.units.join(", ") || text("all_units") })));
    units = left.items.map(inWords);
    showUnits();
    $("#loading").hidden = true;
    $("#left-over").hidden = false;
  } catch (problem) {
    showProblem(problem);
  }
}

function showUnits() {
  const shown = Math.min(units.length, $('[data-rows="left"]').childElementCount + AT_ONCE);
  rows("left", units.slice(0, shown));
  $("#more").hidden = shown === units.length;
}

/** A unit, and the list of whom it has to tell at his desk. @param {registration.UnitLeft} item */
function inWords(item) {
  const query = new URLSearchParams({ kind: "BELUM_AKUN", ...(item.unit && { unit: item.unit }) });
  return {
    ...item,
    unit_words: item.unit || text("deadline.no_unit"),
    reach: item.deciders ? text("deadline.deciders", { n: item.deciders }) : text("deadline.nobody"),
    list: `${link("/instansi/lembar/daftar/")}?${query}`,
  };
}
