// Permohonan perbaikan: what waits for a decision by when, and who says that he works there no more.

import { api, apiPath } from "../../core/api.js";
import { $, rows, withQuery } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { link } from "../../core/texts.js";
import { roster } from "../../lists/roster.js";
import { fieldName } from "../../records/fields.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";

const me = await whoAmI();
const code = institutionOf(me);
const answers = ["operator", "admin"].includes(me.role);
startCountdown(code);
const more = $("#more-statements");
more.addEventListener("click", () => statements(more.dataset.cursor ?? ""));
await Promise.all([
  roster({
    path: apiPath`registration/institutions/${code}/requests`,
    each: (element, item) => {
      $("[data-text=called]", element).textContent = item.fields.map(fieldName).join(", ");
      lead(element, item.person, "/instansi/perbaikan/putuskan/");
    },
  }).start(),
  statements(""),
]);

/** @param {string} cursor */
async function statements(cursor) {
  try {
    const answer = await api("GET", `${apiPath`registration/institutions/${code}/statements`}?${new URLSearchParams(cursor ? { cursor } : {})}`);
    const items = answer.items.map((/** @type {registration.ListedStatement} */ item) => ({ ...item, unassured: !item.assured }));
    rows("statements", items, { append: Boolean(cursor), each: (element, item) => answers && lead(element, item.person, "/instansi/perbaikan/pernyataan/") });
    more.dataset.cursor = answer.cursor ?? "";
    more.hidden = !answer.cursor;
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {HTMLElement} element @param {string} id @param {string} page */
function lead(element, id, page) {
  const anchor = $("[data-link]", element);
  anchor.setAttribute("href", link(page));
  withQuery(anchor, me.institution ? { id } : { id, kode: code });
}
