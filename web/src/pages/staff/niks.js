// Perbaikan NIK: for whom another NIK is asked and nobody has decided.

import { api, apiPath } from "../../core/api.js";
import { $, rows, withQuery } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";

const code = institutionOf(await whoAmI());
startCountdown(code);
try {
  const { items } = await api("GET", apiPath`registration/institutions/${code}/nik-corrections`);
  rows("items", items, { each: (element, item) => withQuery($("[data-open]", element), { id: item.id }) });
  $("#loading").hidden = true;
} catch (problem) {
  showProblem(problem);
}
