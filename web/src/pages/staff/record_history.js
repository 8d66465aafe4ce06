// Riwayat catatan: who did what when with one person's record, and who read it.

import { apiPath } from "../../core/api.js";
import { $, rows } from "../../core/dom.js";
import { date, number, show } from "../../core/format.js";
import { label, query, text } from "../../core/texts.js";
import { trail } from "../../lists/trail.js";
import { institutionOf, whoAmI } from "../../session/session.js";

const DAY = /^\d{4}-\d\d-\d\d$/;
/** Fields that choose from another field's list. @type {Record<string, string>} */
const LISTS = { pendidikan_sk: "pendidikan" };

/** @typedef {registration.HistoryEntry} Entry */

const me = await whoAmI();
for (const back of document.querySelectorAll(".govuk-back-link")) back.setAttribute("href", back.getAttribute("href") + location.search);
await trail(
  apiPath`registration/institutions/${institutionOf(me)}/people/${query("id")}/history`,
  (/** @type {Entry} */ entry) => ({ ...entry, who: entry.actor ? who(entry.actor) : "" }),
  (element, /** @type {Entry} */ { changes }) => {
    const words = changes.map(({ field, before, after }) => ({ field: name(field), before: value(field, before), after: value(field, after) }));
    rows("changes", words, { within: element });
    $("[data-rows=changes]", element).hidden = !words.length;
  },
);

/** @param {NonNullable<Entry["actor"]>} actor */
function who(actor) {
  const role = actor.role ? label("roles", actor.role) : "";
  return actor.kind === "staff" ? text("trail.staff", { name: actor.name ?? "", role }) : text(`trail.${actor.kind}`, { role });
}

/** @param {string} field */
function name(field) {
  return field === "active" ? text("trail.active") : label("columns", field);
}

/** @param {string} field @param {string | number | boolean | null} stood */
function value(field, stood) {
  if (stood === null || stood === "") return text("trail.nothing");
  if (typeof stood === "boolean") return text(stood ? "trail.yes" : "trail.no");
  if (typeof stood === "number") return number(stood);
  return DAY.test(stood) ? date(stood) : show(stood, `option:${LISTS[field] ?? field}`);
}
