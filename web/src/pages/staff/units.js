// Unit kerja: the institution's list of units, and the units people stand in that are not on it.

import { api, apiPath } from "../../core/api.js";
import { $, all, fill, reveal, rows } from "../../core/dom.js";
import { clearFaults } from "../../core/errors.js";
import { number } from "../../core/format.js";
import { showProblem } from "../../core/problems.js";
import { text } from "../../core/texts.js";
import { bindForm } from "../../form/form.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { added, byName, pathsOf } from "../../institutions/units.js";

const me = await whoAmI();
const code = institutionOf(me);
const path = apiPath`registration/institutions/${code}/units`;
/** @type {registration.UnitList} */
let list = { v: 0, items: [] };
/** Each spelling that rows have, and of which unit it is; nothing while it is being counted. @type {registration.PeopleInUnit[] | null} */
let spellings = null;
let editing = "";
let naming = "";

bindForm(form("form"), {
  send: ({ lines }, key) => api("POST", path, { body: { v: list.v, paths: pathsOf(lines) }, key }),
  done: (answer) => {
    form("form").reset();
    changed(answer);
  },
});
bindForm(form("edit-form"), {
  send: ({ name, parent = "" }, key) => api("PATCH", at(editing), { body: { v: list.v, ...edited(name, parent) }, key }),
  done: changed,
  draft: false,
});
bindForm(form("remove-form"), {
  send: ({ into = null }, key) => api("DELETE", at(editing), { body: { v: list.v, into }, key }),
  done: changed,
  draft: false,
});
bindForm(form("same-form"), {
  send: ({ unit }, key) => api("PATCH", at(unit), { body: { v: list.v, known_as: naming }, key }),
  done: changed,
  draft: false,
});
$("#add-all").addEventListener("click", () => add(outside().map(({ name }) => name)));
$("#find").addEventListener("input", find);
await load();

/** @param {string} id */
function form(id) {
  return /** @type {HTMLFormElement} */ ($(`#${id}`));
}

/** @param {string} unit */
function at(unit) {
  return apiPath`registration/institutions/${code}/units/${unit}`;
}

/** What differs from the unit that is being changed. @param {string} name @param {string} parent */
function edited(name, parent) {
  const unit = list.items.find(({ id }) => id === editing);
  return { ...(name !== unit?.name && { name }), ...(parent !== (unit?.parent ?? "") && { parent }) };
}

async function load() {
  try {
    list = await api("GET", path);
    spellings = null;
    show();
    spellings = await counted();
    show();
  } catch (problem) {
    showProblem(problem);
  }
}

/** In which units people stand, counted part by part. */
async function counted() {
  /** @type {registration.PeopleInUnit[]} */
  let found = [];
  for (let cursor = ""; cursor !== null; ) {
    const part = await api("GET", `${path}/people${cursor && `?cursor=${encodeURIComponent(cursor)}`}`);
    found = added(found, part.items);
    cursor = part.cursor;
  }
  return found;
}

/** The spellings that are of no unit of the list. */
function outside() {
  return (spellings ?? []).filter(({ unit }) => unit === null);
}

function show() {
  const names = byName(list.items);
  const people = (/** @type {string} */ id) => (spellings ?? []).filter(({ unit }) => unit === id).reduce((sum, one) => sum + one.people, 0);
  const shown = names.map((unit) => ({ ...unit, others: unit.also.join(", "), people: spellings ? number(people(unit.id)) : "…" }));
  rows("units", shown, { each: (element, unit) => $("[data-edit]", element).addEventListener("click", () => edit(unit)) });
  for (const select of all("[data-units]")) offer(/** @type {HTMLSelectElement} */ (select), names);
  showOutside();
  $("#loading").hidden = true;
  $("#list").hidden = !list.items.length;
  $("#none").hidden = list.items.length > 0;
  find();
}

function showOutside() {
  const found = outside();
  rows("outside-units", found, {
    each: (element, one) => {
      $("[data-add]", element).addEventListener("click", () => add([one.name]));
      const same = $("[data-same]", element);
      same.hidden = !list.items.length;
      same.addEventListener("click", () => name(one.name));
    },
  });
  $("#outside-list").hidden = !found.length;
  $("#outside-none").hidden = !spellings || found.length > 0;
  $("#counted").hidden = Boolean(spellings) && !found.length;
  const count = found.reduce((sum, one) => sum + one.people, 0);
  if (spellings) $("#counted").textContent = text("units.counted", { count: number(count), units: number(found.length) });
}

/** Offer the units; what was chosen meanwhile stays. @param {HTMLSelectElement} select @param {{id: string, whole: string}[]} units */
function offer(select, units) {
  const chosen = select.value;
  select.replaceChildren(select.options[0], ...units.map(({ id, whole }) => new Option(whole, id)));
  select.value = units.some(({ id }) => id === chosen) ? chosen : "";
}

/** @param {registration.UnitView} unit */
function edit(unit) {
  editing = unit.id;
  fill($("#edit"), { unit });
  /** @type {HTMLInputElement} */ ($("#name")).value = unit.name;
  /** @type {HTMLSelectElement} */ ($("#parent")).value = unit.parent ?? "";
  /** @type {HTMLSelectElement} */ ($("#into")).value = "";
  reveal($("#edit"));
}

/** Ask which unit a spelling is of. @param {string} spelling */
function name(spelling) {
  naming = spelling;
  fill($("#same"), { same: { name: spelling } });
  reveal($("#same"));
}

/** @param {string[]} names */
async function add(names) {
  clearFaults();
  try {
    changed(await api("POST", path, { body: { v: list.v, paths: names.map((name) => [name]) }, key: crypto.randomUUID() }));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.UnitsChanged} answer */
async function changed({ units, signed_out: out }) {
  $("#edit").hidden = true;
  $("#same").hidden = true;
  await load();
  const lines = [text("units.added", { units: number(units) }), ...(out ? [text("units.signed_out", { count: number(out) })] : [])];
  $("#saved").textContent = lines.join(" ");
  reveal($("#saved"));
}

/** Show the units whose names hold what is looked for. */
function find() {
  const wanted = /** @type {HTMLInputElement} */ ($("#find")).value.trim().toLowerCase();
  for (const row of all("[data-rows=units] > *")) row.hidden = !(row.textContent ?? "").toLowerCase().includes(wanted);
}
