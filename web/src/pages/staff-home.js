// The console's first page: how far the institution is, what this role may do.

import { api, apiPath } from "../api.js";
import { startCountdown } from "../countdown.js";
import { $, fill, rows, withQuery } from "../dom.js";
import { showProblem } from "../problems.js";
import { showNotice } from "../publication.js";
import { institutionOf, STAFF, whoAmI } from "../session.js";
import { go } from "../texts.js";

const me = await whoAmI(STAFF);
const code = institutionOf(me);
if (!code) go("/bkn/");
startCountdown(code);
if (me.role === "admin") showNotice(code);
try {
  const progress = await api("GET", apiPath`registration/institutions/${code}/progress`);
  fill(document, { progress });
  const states = Object.entries(progress.by_state).map(([state, count]) => ({ state, count }));
  rows("states", states.filter(({ count }) => Number(count) > 0), {
    each: (element, item) => withQuery($("[data-link]", element), { state: item.state }),
  });
} catch (problem) {
  showProblem(problem);
}
