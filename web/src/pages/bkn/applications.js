// BKN: applications for an institution's first admin, those that wait first.

import { api } from "../../core/api.js";
import { $, rows, withQuery } from "../../core/dom.js";
import { bindFilter, filterOf } from "../../lists/filter.js";
import { showProblem } from "../../core/problems.js";
import { whoAmI } from "../../session/session.js";

const filter = /** @type {HTMLFormElement} */ ($("#filter"));

await whoAmI();
bindFilter(filter, load);
await load();

async function load() {
  const { state = "DIAJUKAN" } = filterOf(filter);
  try {
    /** @type {registration.Applications} */
    const { items, more } = await api("GET", `registration/applications?${new URLSearchParams({ state })}`);
    const shown = items.map((item) => ({ ...item, has_letter: item.letter === "DITERIMA", no_letter: item.letter !== "DITERIMA" }));
    rows("items", shown, { each: (element, item) => withQuery($("[data-link]", element), { nomor: item.number }) });
    $("#more").hidden = !more;
  } catch (problem) {
    showProblem(problem);
  }
}
