// Jabatan: titles of the data that are on no list, and what the institution says of them.

import { api, apiPath, keyed } from "../../core/api.js";
import { $, fill, reveal, rows } from "../../core/dom.js";
import { clearFaults } from "../../core/errors.js";
import { showProblem } from "../../core/problems.js";
import { label, text } from "../../core/texts.js";
import { bindForm } from "../../form/form.js";
import { values } from "../../form/values.js";
import { institutionOf, whoAmI } from "../../session/session.js";

const me = await whoAmI();
const path = apiPath`registration/institutions/${institutionOf(me)}/jobs`;
const form = /** @type {HTMLFormElement} */ ($("#form"));
const send = keyed();
/** The list as it was last read. */
let list = /** @type {registration.JobListView} */ ({ v: 0, items: [], national: [] });

bindForm(form, {
  check: unsaid,
  send: ({ title, like = null, family = null }, key) => api("PUT", path, { body: { v: list.v, title, like, family }, key }),
  done: changed,
  draft: false,
});
$("#another").addEventListener("click", () => say({ title: "" }));
await load();

/** A title is like a listed one, or of a family. */
function unsaid() {
  const { like, family } = values(form);
  return like || family ? [] : [{ field: "family", message: text("jobs.unsaid") }];
}

async function load() {
  try {
    list = await api("GET", path);
    const counted = await api("GET", `${path}/people`);
    show(counted);
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.TitleCount} counted */
function show(counted) {
  const never = counted.counted_at === null;
  fill($("#counted"), counted);
  $("#counted").hidden = never;
  $("#never").hidden = !never;
  $("#outside-none").hidden = never || counted.items.length > 0;
  $("#outside-list").hidden = counted.items.length === 0;
  rows("outside-titles", counted.items, { each: sayer });
  const own = list.items.map((item) => ({ ...item, family_words: label("families", item.family) }));
  rows("own-titles", own, { each: keeper });
  $("#own-none").hidden = own.length > 0;
  $("#own-list").hidden = own.length === 0;
  offer(/** @type {HTMLSelectElement} */ ($("#like")));
  $("#loading").hidden = true;
  $("#outside").hidden = false;
  $("#own").hidden = false;
}

/** The titles of the national list, by family. @param {HTMLSelectElement} select */
function offer(select) {
  if (select.options.length > 1) return;
  const groups = new Map();
  for (const { title, family } of list.national) groups.set(family, [...(groups.get(family) ?? []), title]);
  for (const [family, titles] of groups) {
    const group = document.createElement("optgroup");
    group.label = label("families", family);
    group.append(...titles.sort().map((/** @type {string} */ title) => new Option(title, title)));
    select.append(group);
  }
}

/** @param {HTMLElement} element @param {{title: string, like?: string | null, family?: string}} one */
function sayer(element, one) {
  $("[data-say]", element).addEventListener("click", () => say(one));
}

/** @param {HTMLElement} element @param {registration.JobView} one */
function keeper(element, one) {
  sayer(element, one);
  $("[data-remove]", element).addEventListener("click", () => remove(one.title));
}

/** Ask what a title is. @param {{title: string, like?: string | null, family?: string}} one */
function say({ title, like = null, family = "" }) {
  /** @type {HTMLInputElement} */ ($("#title")).value = title;
  /** @type {HTMLSelectElement} */ ($("#like")).value = like ?? "";
  /** @type {HTMLSelectElement} */ ($("#family")).value = like ? "" : family;
  reveal($("#say"));
}

/** @param {string} title */
async function remove(title) {
  clearFaults();
  const body = { v: list.v, title, like: null, family: null };
  try {
    await send(body, (key) => api("PUT", path, { body, key }));
    await changed();
  } catch (problem) {
    showProblem(problem);
  }
}

async function changed() {
  form.reset();
  $("#say").hidden = true;
  await load();
  reveal($("#saved"));
}
