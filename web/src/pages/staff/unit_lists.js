// Whom a unit has to tell something at his desk: a list to print, and a text without names for its message group.

import { api, apiPath, keyed } from "../../core/api.js";
import { heard, serverNow } from "../../core/clock.js";
import { $, fill, reveal, rows } from "../../core/dom.js";
import { clearFaults } from "../../core/errors.js";
import { instant, number } from "../../core/format.js";
import { showProblem } from "../../core/problems.js";
import { label, link, text } from "../../core/texts.js";
import { bindFilter, filterOf } from "../../lists/filter.js";
import { institutionOf, whoAmI } from "../../session/session.js";

const me = await whoAmI();
const code = institutionOf(me);
const filter = /** @type {HTMLFormElement} */ ($("#filter"));
const send = keyed();
/** Where the account window ends, as the institution's schedule has it. */
let closes = "";
/** Which question was asked last: an older one's answer is dropped. */
let turn = 0;

fill(document, me);
bindFilter(filter, show);
$("#copy").addEventListener("click", copy);
await prepare();
await show();

/** The units that can be chosen, and until when accounts are made. */
async function prepare() {
  const before = Date.now();
  try {
    const [units, schedule] = await Promise.all([
      api("GET", apiPath`registration/institutions/${code}/units`),
      api("GET", `finalization/calendar?${new URLSearchParams({ institution: code })}`, { guest: true }),
    ]);
    $("#known-units").replaceChildren(...units.items.map((/** @type {registration.UnitView} */ { name }) => new Option(name, name)));
    heard(schedule.now, before);
    closes = schedule.windows.find((/** @type {{name: string}} */ each) => each.name === "DOSSIER")?.closes ?? "";
  } catch (problem) {
    showProblem(problem);
  }
}

async function show() {
  const { kind, unit = "" } = filterOf(filter);
  const mine = ++turn;
  clearFaults();
  $("#list").hidden = true;
  $("#shown").textContent = kind ? text("unit_lists.loading") : "";
  if (!kind) return;
  try {
    const people = await everybody(kind, unit, mine);
    if (mine === turn) put(kind, unit, people);
  } catch (problem) {
    $("#shown").textContent = "";
    showProblem(problem);
  }
}

/** The whole list, fetched part by part, by unit and name. @param {string} kind @param {string} unit @param {number} mine */
async function everybody(kind, unit, mine) {
  /** @type {registration.ToldPerson[]} */
  const found = [];
  for (let cursor = ""; cursor !== null && mine === turn; ) {
    const asked = new URLSearchParams({ kind, ...(unit && { unit }), ...(cursor && { cursor }) });
    const part = await api("GET", `${apiPath`registration/institutions/${code}/unit-lists`}?${asked}`);
    found.push(...part.items);
    cursor = part.cursor;
  }
  return found.sort((one, other) => one.unit_kerja.localeCompare(other.unit_kerja) || one.nama.localeCompare(other.nama));
}

/** @param {string} kind @param {string} unit @param {registration.ToldPerson[]} people */
function put(kind, unit, people) {
  const told = people.map((person, at) => ({ ...person, n: String(at + 1), lacks: person.lacking.join(" ") }));
  rows("listed", told, { each: (element, person) => offerSheet(element, person, kind) });
  $("#list-title").textContent = `${label("list_kinds", kind)}${unit && `: ${unit}`} (${number(people.length)})`;
  $("#shown").textContent = people.length ? "" : text("unit_lists.nobody");
  $("#list").hidden = people.length === 0;
  $("#group").hidden = people.length === 0 || !closes;
  const values = { count: number(people.length), unit: unit || (me.institution?.name ?? ""), closes: closes && instant(closes) };
  const address = `${location.origin}${link(kind === "BELUM_AKUN" ? "/akun/" : "/masuk/")}`;
  /** @type {HTMLTextAreaElement} */ ($("#message")).value = text(`unit_lists.message.${kind}`, { ...values, address });
  $("#copied").hidden = true;
}

/** @param {HTMLElement} element @param {registration.ToldPerson} person @param {string} kind */
function offerSheet(element, person, kind) {
  const button = $("[data-new]", element);
  button.hidden = kind !== "BELUM_AKUN" || serverNow() >= Date.parse(closes);
  button.addEventListener("click", () => order(person.id));
}

/** @param {string} person */
async function order(person) {
  clearFaults();
  try {
    await send({ person }, (key) => api("POST", apiPath`registration/institutions/${code}/sheets`, { body: { person }, key }));
    reveal($("#saved"));
  } catch (problem) {
    showProblem(problem);
  }
}

async function copy() {
  const message = /** @type {HTMLTextAreaElement} */ ($("#message"));
  message.select();
  await navigator.clipboard.writeText(message.value);
  $("#copied").hidden = false;
}
