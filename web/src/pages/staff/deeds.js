// Riwayat pengguna: what a member of staff did; without one named in the address, one's own.

import { apiPath } from "../../core/api.js";
import { $, all, withQuery } from "../../core/dom.js";
import { query, text } from "../../core/texts.js";
import { trail } from "../../lists/trail.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { mayOpen } from "../../session/ways.js";

const me = await whoAmI();
/** Bkn's people are of no institution; their own deeds stand under this name. */
const code = institutionOf(me) || "nasional";
if (!me.institution) for (const back of all(".govuk-back-link")) withQuery(back, { kode: code });

await trail(
  apiPath`registration/institutions/${code}/users/${query("id") || me.id}/deeds`,
  (/** @type {registration.DeedView} */ deed) => ({ ...deed, about: about(deed) }),
  (element, /** @type {registration.DeedView} */ { record }) => {
    const anchor = $("[data-link]", element);
    if (!record || !mayOpen(me, "/instansi/orang/detail/")) anchor.removeAttribute("href");
    else withQuery(anchor, { id: record.id, ...(!me.institution && { kode: record.institution }) });
  },
);

/** Whom it was about, where that has no record. @param {registration.DeedView} deed */
function about({ user, institution }) {
  if (user) return user;
  return institution ? text("trail.institution", { code: institution }) : "";
}
