// Own announcement: papers, text and QR code of the public list; what was recorded of it; the list before it is made.

import { api, apiPath, paperPath } from "../../core/api.js";
import { $, fill, reveal, rows } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { text } from "../../core/texts.js";
import { bindForm } from "../../form/form.js";
import { preview } from "../../institutions/preview.js";
import { showQr } from "../../session/secrets.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";
import { bindUploads } from "../../upload/controls.js";

/** Units shown at once. */
const UNITS = 100;

const me = await whoAmI();
const code = institutionOf(me);
const path = apiPath`announcements/institutions/${code}/kit`;
const form = /** @type {HTMLFormElement} */ ($("#form"));
/** @type {Map<string, number>} */
const versions = new Map();
let opening = "";
startCountdown(code);
$("#show-preview").addEventListener("click", () => preview(`${path}/preview`));
$("#copy").addEventListener("click", copy);
bind();
await load();

async function load() {
  try {
    /** @type {Answer<"GET announcements/institutions/{code}/kit">} */
    const kit = await api("GET", path);
    show(kit);
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {announcements.KitView} kit */
function show(kit) {
  fill(document, { office: kit.institution, public: kit.public, unannounced: !kit.public, list_title: kit.public && titleOf(kit.public) });
  if (kit.public) showPublic(kit.public);
  showRecorded(kit.announcements);
  offer(kit.lists);
  $("#loading").hidden = true;
  $("#kit").hidden = false;
}

/** @param {{final: boolean, number: number | null}} list */
function titleOf({ final, number: n }) {
  if (n === null) return text("announcing.prefinal");
  return text(final ? "announcing.final" : "announcing.numbered", { n: String(n) });
}

/** @param {announcements.ListView} list */
function showPublic(list) {
  showQr(/** @type {HTMLImageElement} */ ($("#qr")), list.qr);
  $("#qr").hidden = false;
  $("#poster").setAttribute("href", `/api/${path}/poster`);
  $("#whole").replaceChildren(...files(list.papers, "").map(inItem));
  showUnits(list.units);
}

/** @param {HTMLElement} element */
function inItem(element) {
  const item = document.createElement("li");
  item.append(element);
  return item;
}

/** @param {announcements.UnitView[]} units */
function showUnits(units) {
  const more = $("#more-units");
  const put = (/** @type {number} */ from) => {
    rows("units", units.slice(from, from + UNITS), {
      append: from > 0,
      each: (element, unit) => $("[data-files]", element).replaceChildren(...files(unit.papers, unit.mark, unit.name).map(inItem)),
    });
    more.hidden = from + UNITS >= units.length;
    more.onclick = () => put(from + UNITS);
  };
  put(0);
}

/** The papers of a list or unit, each fetched by a link of its own. @param {number} papers @param {string} unit @param {string} [name] */
function files(papers, unit, name = text("announcing.whole")) {
  return Array.from({ length: papers }, (_, at) => {
    const anchor = document.createElement("a");
    anchor.className = "govuk-link";
    anchor.target = "_blank";
    anchor.rel = "noopener";
    anchor.href = `/api/${path}/paper?part=${at + 1}${unit && `&unit=${unit}`}`;
    anchor.textContent = text(papers > 1 ? "announcing.part" : "announcing.paper", { name, n: String(at + 1), of: String(papers) });
    return anchor;
  });
}

async function copy() {
  try {
    await navigator.clipboard.writeText($("#text").textContent ?? "");
    $("#copied").textContent = text("announcing.copied");
  } catch {
    getSelection()?.selectAllChildren($("#text"));
    $("#copied").textContent = text("announcing.selected");
  }
}

/** @param {announcements.AnnouncementView[]} recorded */
function showRecorded(recorded) {
  versions.clear();
  for (const { name, v } of recorded) versions.set(name, v);
  const told = recorded.map((one) => ({ ...one, title: titleOf(one), where: text(`announcing.${one.place}`) }));
  rows("announcements", told, {
    each: (element, one) => one.file && $("[data-file]", element).setAttribute("href", paperPath(one.file)),
  });
}

/** The admin records a list that is there; where there are two he says which. @param {string[]} lists */
function offer(lists) {
  form.hidden = me.role !== "admin" || !lists.length;
  $("#which").hidden = lists.length < 2;
  $("#name").replaceChildren(...lists.map(option));
}

/** @param {string} name */
function option(name) {
  const [kind, n] = name.split("-");
  return new Option(titleOf({ final: kind === "final", number: Number(n) }), name);
}

function bind() {
  if (me.role !== "admin") return;
  bindUploads(form, { id: `I${code}`, names: { instansi: code }, changed: (_, state, id) => void opened(state, id) });
  bindForm(form, {
    add: () => ({ v: versions.get(chosen()) ?? 0, ...(opening ? { opening } : {}) }),
    send: ({ name, ...body }, key) => api("PUT", apiPath`announcements/institutions/${code}/announcements/${name}`, { body, key }),
    done: async () => {
      opening = "";
      form.reset();
      await load();
      reveal($("#saved"));
    },
  });
}

/** The list that is recorded. */
function chosen() {
  return /** @type {HTMLSelectElement} */ ($("#name")).value;
}

/** Documents' word that the accepted file was opened goes with what is recorded. @param {string} state @param {string} id */
async function opened(state, id) {
  opening = "";
  if (state !== "DITERIMA") return;
  try {
    const pages = await api("GET", apiPath`documents/files/${id}/pages`);
    opening = pages.opening ?? "";
  } catch (problem) {
    showProblem(problem);
  }
}
