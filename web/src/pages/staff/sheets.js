// Activation sheets: what was printed, and who of each unit has none yet, has one, or used it.

import { api, apiPath, keyed } from "../../core/api.js";
import { serverNow } from "../../core/clock.js";
import { $, all, fill, reveal, rows } from "../../core/dom.js";
import { clearFaults } from "../../core/errors.js";
import { number } from "../../core/format.js";
import { showProblem } from "../../core/problems.js";
import { text } from "../../core/texts.js";
import { answers } from "../../core/watch.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";

const me = await whoAmI();
const code = institutionOf(me);
const path = apiPath`registration/institutions/${code}/sheets`;
const send = keyed();
let open = false;

fill(document, me);
startCountdown(code, ({ windows }) => {
  open = windows.some((each) => each.name === "DOSSIER" && each.closes && serverNow() < Date.parse(each.closes));
  offer();
});
$("#all").addEventListener("click", () => order(""));
await Promise.all([load(), count()]);

/** What was ordered lately; what is still being made is asked for until it is there. */
async function load() {
  try {
    const { items } = await api("GET", path);
    show(items);
    for (const { id, state } of items) if (state === "DIBUAT") follow(id, items);
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {string} id @param {registration.PrintingView[]} items */
async function follow(id, items) {
  try {
    for await (const printing of answers(apiPath`registration/institutions/${code}/sheets/${id}`)) {
      items.splice(items.findIndex((each) => each.id === id), 1, printing);
      show(items);
      if (printing.state !== "DIBUAT") return count();
    }
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.PrintingView[]} items */
function show(items) {
  rows("printings", items.map(told), { each: files });
}

/** @param {registration.PrintingView} printing */
function told(printing) {
  const whom = printing.person ? text("sheets.person") : (printing.unit ?? text("sheets.everybody"));
  const ready = printing.state === "SIAP";
  return { ...printing, whom, nobody: ready && !printing.sheets, open: ready && printing.sheets > 0 };
}

/** The PDFs of a printing, each fetched by a link of its own. @param {HTMLElement} element @param {registration.PrintingView} printing */
function files(element, printing) {
  const parts = printing.state === "SIAP" ? printing.parts : [];
  $("[data-files]", element).replaceChildren(...parts.map((part) => file(printing.id, part)));
}

/** @param {string} id @param {registration.PartView} part */
function file(id, part) {
  const anchor = document.createElement("a");
  anchor.className = "govuk-link block";
  const pdf = apiPath`registration/institutions/${code}/sheets/${id}/pdf`;
  anchor.href = `/api/${pdf}?part=${part.number}`;
  anchor.textContent = text(part.handed ? "sheets.file_again" : "sheets.file", { n: part.number + 1, sheets: number(part.sheets) });
  return anchor;
}

/** How many of each unit have none, counted part by part. */
async function count() {
  /** @type {Map<string, registration.UnitSheets>} */
  const found = new Map();
  const counts = apiPath`registration/institutions/${code}/sheet-counts`;
  try {
    for (let cursor = ""; cursor !== null; ) {
      const part = await api("GET", `${counts}${cursor && `?cursor=${encodeURIComponent(cursor)}`}`);
      for (const one of part.items) found.set(one.unit, added(found.get(one.unit), one));
      cursor = part.cursor;
    }
  } catch (problem) {
    return showProblem(problem);
  }
  const units = [...found.values()].sort((one, other) => one.unit.localeCompare(other.unit));
  rows("counts", units, {
    each: (element, one) => {
      const button = $("[data-order]", element);
      button.dataset.order = one.none ? one.unit : "";
      button.addEventListener("click", () => order(one.unit));
    },
  });
  const none = units.reduce((sum, one) => sum + one.none, 0);
  $("#all").dataset.none = String(none);
  $("#counted").textContent = text("sheets.counted", { none: number(none), units: number(units.length) });
  offer();
}

/** @param {registration.UnitSheets | undefined} one @param {registration.UnitSheets} other @returns {registration.UnitSheets} */
function added(one, other) {
  if (!one) return other;
  const sum = (/** @type {"none" | "printed" | "used" | "account"} */ name) => one[name] + other[name];
  return { unit: one.unit, none: sum("none"), printed: sum("printed"), used: sum("used"), account: sum("account") };
}

/** A button stands only where there is somebody to print for, as long as accounts can be made. */
function offer() {
  for (const button of all("[data-order]")) button.hidden = !open || !button.dataset.order;
  $("[data-order-all]").hidden = !open || !Number($("#all").dataset.none ?? 0);
}

/** @param {string} unit "": everybody in reach */
async function order(unit) {
  clearFaults();
  $("#saved").hidden = true;
  try {
    await send({ unit }, (key) => api("POST", path, { body: { unit }, key }));
    await load();
    reveal($("#saved"));
  } catch (problem) {
    showProblem(problem);
  }
}
