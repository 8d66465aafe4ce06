// The list before it is made: read some people at a time, the first page of it shown, with what would stop it.

import { api } from "../core/api.js";
import { $, fill, rows } from "../core/dom.js";
import { number } from "../core/format.js";
import { showProblem } from "../core/problems.js";
import { text } from "../core/texts.js";
import { lead } from "./publication.js";

/** As many rows as a page of the public list has, and places that are shown. */
const ROWS = 200;
const PLACES = 50;

/** @param {string} path where it is read */
export async function preview(path) {
  const button = /** @type {HTMLButtonElement} */ ($("#show-preview"));
  button.disabled = true;
  try {
    show(await whole(path));
  } catch (problem) {
    $("#previewing").textContent = "";
    showProblem(problem);
  } finally {
    button.disabled = false;
  }
}

/** @param {string} path @returns {Promise<announcements.PreviewStep>} */
async function whole(path) {
  const sum = await api("GET", path);
  for (let { next } = sum; next; ) {
    $("#previewing").textContent = text("announcing.reading", { count: number(sum.count) });
    const step = await api("GET", `${path}?after=${encodeURIComponent(next)}`);
    sum.count += step.count;
    sum.thk2 += step.thk2;
    sum.found += step.found;
    sum.places = [...sum.places, ...step.places].slice(0, PLACES);
    sum.rows = [...sum.rows, ...step.rows].sort(byName).slice(0, ROWS);
    ({ next } = step);
  }
  return sum;
}

/** @param {announcements.PreviewRow} one @param {announcements.PreviewRow} other */
const byName = (one, other) => one.nama.localeCompare(other.nama, "id") || one.nomor_registrasi.localeCompare(other.nomor_registrasi);

/** @param {announcements.PreviewStep} seen */
function show(seen) {
  const { count, thk2, places } = seen;
  $("#previewing").textContent = text("announcing.previewed", { count: number(count), thk2: number(thk2), non_asn: number(count - thk2), found: number(seen.found) });
  fill(document, { stops: places.length > 0, clean: !places.length });
  rows("stops", places, { each: (element, place) => lead(element, place) });
  rows("rows", seen.rows);
  $("#previewed").hidden = false;
}
