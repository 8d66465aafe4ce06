// Before a draft is made of an accepted usulan: whoever of the institution may be the same person, with a mistyped NIK.

import { api, apiPath } from "../core/api.js";
import { $, fill, reveal, rows } from "../core/dom.js";
import { link } from "../core/texts.js";

/**
 * What to make of it: a draft, or the correction of somebody's NIK; asks only where somebody may be the same person.
 * @param {string} code of the institution
 * @param {string} handover
 * @returns {Promise<{handover: string, person?: string, v?: number}>}
 */
export async function choose(code, handover) {
  const found = await api("POST", apiPath`registration/institutions/${code}/case-drafts/preview`, { body: { handover } });
  const alike = found.standing?.alike ?? [];
  if (alike.length === 0 || found.settled) return { handover };
  const panel = $("#alike");
  const chosen = await new Promise((resolve) => {
    rows("alike", alike, { each: (element, row) => offer(element, row, code, resolve) });
    $("#make-draft").addEventListener("click", () => resolve({}), { once: true });
    reveal(panel);
  });
  panel.hidden = true;
  return { handover, ...chosen };
}

/**
 * @param {HTMLElement} element
 * @param {registration.StandingRow} row
 * @param {string} code
 * @param {(chosen: {person: string, v: number}) => void} resolve
 */
function offer(element, row, code, resolve) {
  const { id } = row;
  fill(element, { ...row, other_unit: !id, no_ktp: id && !row.has_ktp });
  const open = $("[data-open]", element);
  const correct = $("[data-correct]", element);
  open.hidden = !id;
  correct.hidden = !id || !row.has_ktp;
  if (!id) return;
  open.setAttribute("href", `${link("/instansi/orang/detail/")}?id=${encodeURIComponent(id)}&kode=${code}`);
  correct.addEventListener("click", () => resolve({ person: id, v: row.v }), { once: true });
}
