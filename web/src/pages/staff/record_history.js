// Riwayat catatan: who did what when with one person's record, and who read it.

import { apiPath } from "../../core/api.js";
import { $, rows } from "../../core/dom.js";
import { label, query, text } from "../../core/texts.js";
import { trail } from "../../lists/trail.js";
import { fieldName, fieldValue } from "../../records/fields.js";
import { institutionOf, whoAmI } from "../../session/session.js";

/** @typedef {registration.HistoryEntry} Entry */

const me = await whoAmI();
for (const back of document.querySelectorAll(".govuk-back-link")) back.setAttribute("href", back.getAttribute("href") + location.search);
await trail(
  apiPath`registration/institutions/${institutionOf(me)}/people/${query("id")}/history`,
  (/** @type {Entry} */ entry) => ({ ...entry, who: entry.actor ? who(entry.actor) : "" }),
  (element, /** @type {Entry} */ { changes }) => {
    const words = changes.map(({ field, before, after }) => ({ field: fieldName(field), before: fieldValue(field, before), after: fieldValue(field, after) }));
    rows("changes", words, { within: element });
    $("[data-rows=changes]", element).hidden = !words.length;
  },
);

/** @param {NonNullable<Entry["actor"]>} actor */
function who(actor) {
  const role = actor.role ? label("roles", actor.role) : "";
  return actor.kind === "staff" ? text("trail.staff", { name: actor.name ?? "", role }) : text(`trail.${actor.kind}`, { role });
}
