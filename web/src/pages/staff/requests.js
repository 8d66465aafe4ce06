// Permohonan perbaikan: what waits for a decision by when, who says that he works there no more, whose account is wanted.

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
const vouches = ["operator", "verifikator", "admin"].includes(me.role);
const stated = shown("statements", (item) => ({ unassured: !item.assured }), answers ? "/instansi/perbaikan/pernyataan/" : "");
const wanted = shown("reclaims", (item) => ({ staff: !item.until }), vouches ? "/instansi/orang/akun/" : "");
await Promise.all([
  roster({
    path: apiPath`registration/institutions/${code}/requests`,
    each: (element, item) => {
      $("[data-text=called]", element).textContent = item.fields.map(fieldName).join(", ");
      lead(element, item.person, "/instansi/perbaikan/putuskan/");
    },
  }).start(),
  stated(""),
  wanted(""),
]);

/**
 * A list below the requests, part by part.
 * @param {string} name of the list and of its route @param {(item: any) => object} also what a row shows besides
 * @param {string} page where a name leads; nowhere for whoever only reads
 * @returns {(cursor: string) => Promise<void>}
 */
function shown(name, also, page) {
  const more = $(`#more-${name}`);
  const path = `${apiPath`registration/institutions/${code}/`}${name}`;
  const load = async (/** @type {string} */ cursor) => {
    try {
      const answer = await api("GET", `${path}?${new URLSearchParams(cursor ? { cursor } : {})}`);
      const items = answer.items.map((/** @type {object} */ item) => ({ ...item, ...also(item) }));
      rows(name, items, { append: Boolean(cursor), each: (element, item) => page && lead(element, item.person, page) });
      more.dataset.cursor = answer.cursor ?? "";
      more.hidden = !answer.cursor;
    } catch (problem) {
      showProblem(problem);
    }
  };
  more.addEventListener("click", () => load(more.dataset.cursor ?? ""));
  return load;
}

/** @param {HTMLElement} element @param {string} id @param {string} page */
function lead(element, id, page) {
  const anchor = $("[data-link]", element);
  anchor.setAttribute("href", link(page));
  withQuery(anchor, me.institution ? { id } : { id, kode: code });
}
