// What was changed after a verdict, beside what was decided upon.

import { $, rows } from "../core/dom.js";
import { date, show } from "../core/format.js";
import { label } from "../core/texts.js";
import { fieldValue } from "./fields.js";

/** @param {registration.ChangeView[]} changes */
export function showChanges(changes) {
  rows("changes", changes.map(({ field, at, before }) => ({ what: label("changes", field), at, was: was(field, before) })));
  $("#changes").hidden = changes.length === 0;
}

/** What stood there when it was decided on. @param {string} field @param {Record<string, any>} before */
function was(field, before) {
  if (Object.keys(before).length === 0) return label("changes", field === "nominal_honor" ? "hidden" : "nothing");
  if (field === "active") return label("changes", before.active ? "yes" : "no");
  if (field !== "riwayat") return fieldValue(field, before[field]);
  return `${before.jabatan}, ${date(before.tanggal_mulai)} – ${show(before.tanggal_akhir, "until")}`;
}
