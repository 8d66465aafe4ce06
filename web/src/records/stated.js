// Beside a field: that its person changed it, with what the institution had entered, or what he states instead.

import { $, all, fill } from "../core/dom.js";
import { fragment } from "../core/fragment.js";
import { fieldValue } from "./fields.js";

/** @param {registration.StatedField[]} stated */
export async function showStated(stated) {
  const markup = document.createRange().createContextualFragment(await fragment("/bagian/peserta.htm"));
  for (const old of all("[data-stated]")) old.remove();
  for (const { field, kind, other } of stated) {
    const places = all(`[data-text="education.${field}"]`);
    const mark = $(`[data-stated="${kind}"]`, markup);
    for (const place of places.length ? places : all(`[data-text="record.${field}"]`)) {
      const copy = /** @type {HTMLElement} */ (mark.cloneNode(true));
      fill(copy, { told: other !== null });
      $("[data-other]", copy).textContent = fieldValue(field, other);
      place.append(copy);
    }
  }
}
