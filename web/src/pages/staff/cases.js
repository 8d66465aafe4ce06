// The inbox of cases: an institution's, and bkn's of all institutions.

import { apiPath } from "../../core/api.js";
import { $, withQuery } from "../../core/dom.js";
import { roster } from "../../lists/roster.js";
import { institutionOf, whoAmI } from "../../session/session.js";

const me = await whoAmI();
const code = institutionOf(me);
const form = /** @type {HTMLFormElement} */ ($("#filter"));
const list = roster({
  path: code ? apiPath`announcements/institutions/${code}/cases` : "announcements/cases",
  filters: () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value).map(([name, value]) => [name, String(value)])),
  each: (element, item) => withQuery($("[data-link]", element), { nomor: item.number, kode: item.institution.code || "nasional" }),
});
form.addEventListener("change", () => list.start());
form.addEventListener("submit", (event) => event.preventDefault());
await list.start();
