// A person's own files: each with what it proves, how it stands, and the way to open it.

import { paperPath } from "../core/api.js";
import { $, rows } from "../core/dom.js";
import { show } from "../core/format.js";
import { text } from "../core/texts.js";

/** @typedef {registration.FileView} Paper */
/** @typedef {registration.HistoryView} Row an appointment */

/**
 * List the files that count, or were refused, in the page's "files" table.
 * @param {Paper[]} files
 * @param {Row[]} appointments all of them, the first one first
 */
export function showPapers(files, appointments) {
  const shown = files.filter((file) => file.state !== "DIGANTI");
  const rowOf = (/** @type {Paper} */ file) => (file.riwayat ? rowName(file.riwayat, appointments) : "");
  rows("files", shown.map((file) => ({ ...file, row: rowOf(file) })), { each: opener });
}

/** @param {HTMLElement} element @param {Paper} file */
function opener(element, file) {
  const anchor = $("[data-paper]", element);
  anchor.hidden = !file.openable;
  $("[data-closed]", element).hidden = file.openable || file.state !== "DITERIMA";
  anchor.setAttribute("href", paperPath(file.id));
}

/** Which appointment a file belongs to, numbered as the resume numbers what is missing. @param {string} id @param {Row[]} appointments */
function rowName(id, appointments) {
  const place = appointments.findIndex((row) => row.id === id);
  if (place < 0) return text("papers.removed");
  const { first, jabatan, tanggal_mulai: begins, tanggal_akhir: ends } = appointments[place];
  const which = first ? text("papers.first") : text("papers.further", { n: place + 1 });
  return `${which}: ${jabatan}, ${show(begins, "date")} – ${show(ends, "until")}`;
}
