// Daftar orang: find somebody by name or state.

import { apiPath } from "../api.js";
import { $, withQuery } from "../dom.js";
import { number } from "../format.js";
import { roster } from "../roster.js";
import { institutionOf, STAFF, whoAmI } from "../session.js";
import { query } from "../texts.js";

const form = /** @type {HTMLFormElement} */ ($("#filter"));
const name = /** @type {HTMLInputElement} */ ($("#q"));
const state = /** @type {HTMLSelectElement} */ ($("#state"));
const shown = $("#shown");
name.value = query("q");
state.value = query("state");

const me = await whoAmI(STAFF);
const code = institutionOf(me);
const show = roster({
  path: apiPath`registration/institutions/${code}/people`,
  filters: () => Object.fromEntries(Object.entries({ q: name.value.trim(), state: state.value, limit: "50" }).filter(([, value]) => value)),
  each: (element, item) => {
    opener($("[data-link]", element), item.id);
    $("[data-inactive]", element).hidden = item.active !== false;
  },
  shown: (count, more) => {
    shown.textContent = (shown.dataset.words ?? "").replace("{count}", number(count) + (more ? "+" : ""));
  },
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
state.addEventListener("change", search);
await show();

/** Help desk and PPK see who is listed and in which state, not the records. @param {HTMLElement} anchor @param {string} id */
function opener(anchor, id) {
  if (["helpdesk", "ppk"].includes(me.role)) anchor.removeAttribute("href");
  else withQuery(anchor, { id, ...(!me.institution && { kode: code }) });
}

function search() {
  const values = new URLSearchParams({ ...(query("kode") && { kode: query("kode") }), q: name.value.trim(), state: state.value });
  history.replaceState(null, "", `?${values}`);
  show();
}
