// Before a draft is made of an accepted usulan: what stands in its way, and who of the institution may be the same person.

import { api, apiPath } from "../core/api.js";
import { $, fill, reveal, rows } from "../core/dom.js";
import { link } from "../core/texts.js";

/** @typedef {{person?: string, v?: number}} Chosen */

/**
 * What to make of it: a draft, or the correction of somebody's NIK; asks where there is something to look at.
 * @param {string} code of the institution
 * @param {string} handover
 * @param {boolean} asks also where there is not: an earlier acceptance may not have been carried out, and is to be refused
 * @returns {Promise<({handover: string} & Chosen) | null>} null: nothing for now
 */
export async function choose(code, handover, asks) {
  const found = await api("POST", apiPath`registration/institutions/${code}/case-drafts/preview`, { body: { handover } });
  if (found.settled || (!asks && isPlain(found))) return { handover };
  const panel = $("#before-draft");
  const chosen = await new Promise((resolve) => ask(panel, found, code, resolve));
  panel.hidden = true;
  return chosen && { handover, ...chosen };
}

/** Whether there is nothing to look at. @param {registration.DraftPreview} found */
function isPlain({ problems, standing }) {
  if (problems.length || !standing) return false;
  const { there, corrected, alike, elsewhere, own_record: own, left_out: left } = standing;
  return !(there || corrected || elsewhere || own || alike.length || left.length);
}

/**
 * @param {HTMLElement} panel
 * @param {registration.DraftPreview} found
 * @param {string} code
 * @param {(chosen: Chosen | null) => void} resolve
 */
function ask(panel, found, code, resolve) {
  const { standing } = found;
  const { there, corrected, elsewhere, own_record: own } = standing ?? { there: null, corrected: false, elsewhere: false, own_record: false };
  const { alike, left_out: left } = standing ?? { alike: [], left_out: [] };
  const impossible = Boolean(found.problems.length || there || own);
  const offered = own || there ? [] : alike;
  fill(panel, {
    ...found,
    there,
    corrected: corrected && !impossible,
    elsewhere: elsewhere && !impossible,
    own_record: own,
    possible: !impossible,
    problems_there: found.problems.length,
    left_out_there: left.length && !impossible,
    there_deleted: there?.state === "DIHAPUS",
    there_listed: there && there.state !== "DIHAPUS",
  });
  rows("problems", found.problems);
  rows("left_out", left);
  rows("alike", offered, { each: (element, row) => offer(element, row, code, resolve) });
  $("#alike").hidden = offered.length === 0;
  open($("#there"), there?.id, code);
  const make = $("#make-draft");
  make.hidden = impossible;
  make.textContent = (offered.length ? make.dataset.other : make.dataset.alone) ?? "";
  make.onclick = () => resolve({});
  $("#no-draft").onclick = () => resolve(null);
  reveal(panel);
}

/** The way to a record, where it is one of the reader's units. @param {HTMLElement} anchor @param {string | null | undefined} id @param {string} code */
function open(anchor, id, code) {
  anchor.hidden = !id;
  if (id) anchor.setAttribute("href", `${link("/instansi/orang/detail/")}?${new URLSearchParams({ id, kode: code })}`);
}

/**
 * @param {HTMLElement} element
 * @param {registration.StandingRow} row
 * @param {string} code
 * @param {(chosen: Chosen) => void} resolve
 */
function offer(element, row, code, resolve) {
  const { id, has_ktp: has } = row;
  fill(element, { ...row, other_unit: !id, no_ktp: id && !has });
  open($("[data-open]", element), id, code);
  const correct = $("[data-correct]", element);
  correct.hidden = !id || !has;
  if (id) correct.addEventListener("click", () => resolve({ person: id, v: row.v }), { once: true });
}
