// The inbox of cases: an institution's, and bkn's of all institutions; how many came and were decided in time.

import { api, apiPath } from "../../core/api.js";
import { $, all, rows, withQuery } from "../../core/dom.js";
import { showFaults } from "../../core/errors.js";
import { showProblem } from "../../core/problems.js";
import { go, text } from "../../core/texts.js";
import { filterOf } from "../../lists/filter.js";
import { roster } from "../../lists/roster.js";
import { bindForm } from "../../form/form.js";
import { institutionOf, isFor, whoAmI } from "../../session/session.js";

const me = await whoAmI();
const code = institutionOf(me);
const path = code ? apiPath`announcements/institutions/${code}/cases` : "announcements/cases";
const form = /** @type {HTMLFormElement} */ ($("#filter"));
const list = roster({ path, filters: () => filterOf(form), each: (element, item) => withQuery($("[data-link]", element), named(item)) });

for (const option of all("#kind [data-for]")) if (!isFor(me, option.dataset.for)) option.remove();
form.addEventListener("change", () => list.start());
form.addEventListener("submit", (event) => event.preventDefault());
$("#figures-part").addEventListener("toggle", countThem, { once: true });
bindForm(/** @type {HTMLFormElement} */ ($("#find")), {
  draft: false,
  send: ({ number }) => api("GET", `${path}?${new URLSearchParams({ number })}`),
  done: open,
});
await list.start();

/** What leads to a case. @param {announcements.ListedCase} item */
function named({ number, institution }) {
  return { nomor: number, kode: institution.code || "nasional" };
}

/** Open the case that was found by its number. @param {announcements.CaseList} found */
function open({ items: [item] }) {
  if (item) go(`/instansi/laporan/lihat/?${new URLSearchParams(named(item))}`);
  else showFaults(text("error_title"), [{ field: "number", message: $("#find").dataset.none ?? "" }]);
}

/** The figures of the last weeks; asked for by whoever looks at them. */
async function countThem() {
  try {
    rows("figures", (await api("GET", apiPath`announcements/institutions/${code || "nasional"}/case-figures`)).items);
  } catch (problem) {
    showProblem(problem);
  }
}
