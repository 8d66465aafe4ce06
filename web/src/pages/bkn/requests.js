// BKN: requests that institutions have let lie for more than five working days.

import { api } from "../../core/api.js";
import { $, rows, withQuery } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { fieldName } from "../../records/fields.js";
import { whoAmI } from "../../session/session.js";

await whoAmI();
try {
  const { items } = await api("GET", "registration/requests-overdue");
  const shown = items.map((/** @type {registration.ListedRequest} */ item) => ({ ...item, called: item.fields.map(fieldName).join(", ") }));
  rows("items", shown, { each: (element, item) => withQuery($("[data-link]", element), { id: item.person, kode: item.institution.code }) });
  $("#loading").hidden = true;
} catch (problem) {
  showProblem(problem);
}
