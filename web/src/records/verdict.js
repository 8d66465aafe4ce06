// The latest decision in the words of its person: each criterion with its reason, or what to mend and where.

import { $, rows } from "../core/dom.js";
import { label, link } from "../core/texts.js";

/** Where a person puts right what a return asks for. @type {Record<registration.Mend, string>} */
const PLACES = {
  AKTIF: "/pendataan/aktif/",
  BIODATA: "/pendataan/biodata/",
  RIWAYAT: "/pendataan/riwayat/",
  PERBAIKAN: "/pendataan/perbaikan/",
  KTP: "/pendataan/biodata/",
  FOTO: "/pendataan/biodata/",
  IJAZAH: "/pendataan/biodata/",
  KARTU_THK2: "/pendataan/biodata/",
  SK: "/pendataan/riwayat/",
  BUKTI_BAYAR: "/pendataan/riwayat/",
};

/**
 * Fill the page's "verdict" and "mend" lists.
 * @param {import("../session/session.js").Me} me
 * @param {boolean} his whether it is his turn
 */
export function showVerdict({ decisions = [], state }, his) {
  const last = decisions.at(-1);
  const stands = last !== undefined && last.decision === state && !last.withdrawn_at;
  const verdicts = stands ? last.criteria : [];
  rows("verdict", verdicts.map((/** @type {registration.CriterionVerdictView} */ each) => ({ ...each, why: [each.sentence, each.text].filter(Boolean).join(" ") })));
  $("#verdict").hidden = verdicts.length === 0;
  $("#verdict-no").hidden = state !== "TIDAK_MEMENUHI_SYARAT";
  const mend = stands && his ? last.mend : [];
  rows("mend", mend.map((/** @type {registration.Mend} */ each) => ({ what: label("mend", each), place: link(PLACES[each]) })));
  $("#mend").hidden = mend.length === 0;
}
