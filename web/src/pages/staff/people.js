// Daftar orang: find somebody by words of the name, number, unit, state, advice, papers, account, marks, or by the NIK.

import { api, apiPath } from "../../core/api.js";
import { $, all, withQuery } from "../../core/dom.js";
import { clearFaults, showFaults } from "../../core/errors.js";
import { bindFilter, filterOf } from "../../lists/filter.js";
import { number } from "../../core/format.js";
import { roster } from "../../lists/roster.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { label, link, text } from "../../core/texts.js";
import { mayOpen } from "../../session/ways.js";

/** So many digits are no registration number and no name: somebody looks for a NIK. */
const LIKE_A_NIK = /\d{11,}/;
const NIK_LENGTH = 16;

const form = /** @type {HTMLFormElement} */ ($("#filter"));
const me = await whoAmI();
const code = institutionOf(me);
for (const anchor of all("[data-institution]")) withQuery(anchor, { kode: code });
const list = roster({
  path: apiPath`registration/institutions/${code}/people`,
  filters: () => filterOf(form),
  words: (item) => ({ ...item, marks: marksOf(item), papers: papersOf(item), family_words: label("families", item.family) }),
  each: (element, item) => opener($("[data-link]", element), item.id),
  shown: ({ count, found }) => {
    $("#shown").textContent = text("people.shown", { count: number(count), found: number(found) });
  },
});
bindFilter(form, search, { hidden: (_, value) => LIKE_A_NIK.test(bare(value)) });
await search();

/** The help desk sees somebody's steps; who sees neither those nor the record gets no link. @param {HTMLElement} anchor @param {string} id */
function opener(anchor, id) {
  if (mayOpen(me, "/instansi/orang/langkah/")) anchor.setAttribute("href", `${link("/instansi/orang/langkah/")}?id=${encodeURIComponent(id)}`);
  else if (!mayOpen(me, "/instansi/orang/detail/")) anchor.removeAttribute("href");
  else withQuery(anchor, { id, ...(!me.institution && { kode: code }) });
}

/** Flags and, for who is told them, risk flags. @param {{flags: string[], risks: string[] | null}} item */
function marksOf({ flags, risks }) {
  return [...flags.map((flag) => label("list_flags", flag)), ...(risks ?? []).map((risk) => label("risks", risk))].join(" · ");
}

/** @param {{lacking: string[]}} item */
function papersOf({ lacking }) {
  const files = lacking.map((file) => label("files", file)).join(", ");
  return files ? text("people.lacking", { files }) : text("people.complete");
}

async function search() {
  clearFaults();
  const { q = "", ...others } = filterOf(form);
  const like = Object.values(others).some((value) => LIKE_A_NIK.test(bare(value)));
  if (like || LIKE_A_NIK.test(bare(q))) await searchNik(bare(q), like);
  else await list.start();
}

/** A NIK goes in no address, neither of this page nor of the request. @param {string} nik @param {boolean} elsewhere in a field for something else */
async function searchNik(nik, elsewhere) {
  const fault = elsewhere || !/^\d+$/.test(nik) ? text("people.nik_only") : me.role === "ppk" ? text("people.nik_ppk") : nik.length !== NIK_LENGTH ? text("people.nik_length", { n: nik.length }) : "";
  if (fault) return showFaults(text("error_title"), [{ field: "q", message: fault }]);
  const asked = api("POST", apiPath`registration/institutions/${code}/nik-lookups`, { body: { nik } });
  await list.put(asked.then(({ items }) => items));
}

/** Without what people put between the digits. @param {string} typed */
function bare(typed) {
  return typed.replace(/[\s.-]/g, "");
}
