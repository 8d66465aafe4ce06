// A paper beside the data: page by page as pictures, larger and smaller, turned; with its hints and versions.

import { api, apiPath, paperPath } from "../core/api.js";
import { $, all, fill, reveal, rows } from "../core/dom.js";
import { show } from "../core/format.js";
import { fragment } from "../core/fragment.js";
import { label, language } from "../core/texts.js";
import { keep } from "./openings.js";

/** @typedef {Answer<"GET documents/files/{file}/pages">} Paper */

/** Where the viewer's markup and style are fetched: no page is heavier for a paper that nobody opens. */
const FRAGMENT = "/bagian/penampil.htm";
/** How wide a page is shown, in widths of its place. */
const ZOOMS = [1, 1.5, 2, 3, 4];

/** @type {Record<string, () => void>} what each button does */
const DEEDS = {
  previous: () => to(page - 1),
  next: () => to(page + 1),
  smaller: () => enlarge(-1),
  larger: () => enlarge(1),
  turn: () => turned(90),
  again: () => to(page),
  close,
};
/** @type {Record<string, string>} */
const KEYS = { "+": "larger", "=": "larger", "-": "smaller", r: "turn", R: "turn", PageUp: "previous", PageDown: "next", Escape: "close" };

/** @type {HTMLElement} */
let place;
let pid = "";
let row = "";
/** @type {Element | null} */
let opener = null;
/** @type {Paper | null} */
let paper = null;
/** Pictures of the paper's pages that came, by number. @type {Map<number, Promise<HTMLImageElement>>} */
let pictures = new Map();
let page = 1;
let zoom = 0;
let angle = 0;
/** @type {HTMLImageElement | null} */
let picture = null;

/**
 * Open a file of a person in this place; one that stands there already gives way. Once something of it was seen, the place
 * hears of it: an event `opened` with the file's id.
 * @param {HTMLElement} where
 * @param {string} person
 * @param {{id: string, riwayat: string | null}} file
 * @param {Appointment[]} appointments of which one may be the file's
 *
 * @typedef {{id: string, jabatan: string | null, tanggal_mulai: string | null, tanggal_akhir: string | null}} Appointment
 */
export async function view(where, person, file, appointments) {
  opener = document.activeElement;
  [place, pid] = [where, person];
  const found = appointments.find((each) => each.id === file.riwayat);
  row = found ? `${show(found.jabatan, "plain")}, ${show(found.tanggal_mulai, "date")} – ${show(found.tanggal_akhir, "until")}` : "";
  await open(file.id);
}

/** @param {string} file */
async function open(file) {
  const asked = Promise.all([api("GET", apiPath`documents/files/${file}/pages`), fragment(FRAGMENT)]);
  const [answer, markup] = /** @type {[Paper, string]} */ (await asked);
  paper = answer;
  [page, zoom, angle, picture, pictures] = [1, 0, 0, null, new Map()];
  place.replaceChildren(document.createRange().createContextualFragment(markup));
  const viewer = $(".viewer", place);
  const { versions } = answer;
  fill(viewer, { ...answer, row, several: versions.length > 1, replaced: answer.file.state === "DIGANTI" });
  rows("viewer-hints", answer.file.hints, { within: viewer });
  const listed = versions.map((each) => ({ ...each, counts: each.state === "DITERIMA", shown: each.id === answer.file.id }));
  rows("viewer-versions", listed, { within: viewer, each: version });
  const anchor = $("[data-file]", viewer);
  anchor.setAttribute("href", paperPath(answer.file.id));
  anchor.addEventListener("click", opened);
  for (const button of all("[data-do]", viewer)) button.addEventListener("click", () => DEEDS[button.dataset.do ?? ""]());
  viewer.addEventListener("keydown", pressed);
  draggable($(".viewer__sheet", viewer));
  reveal(viewer);
  if (answer.pages) await to(1);
}

/** @param {HTMLElement} element @param {{id: string, shown: boolean}} item */
function version(element, { id, shown }) {
  const button = /** @type {HTMLButtonElement} */ ($("[data-version]", element));
  button.disabled = shown;
  button.addEventListener("click", () => open(id));
}

/** Keep documents' word that this paper was opened, once something of it was seen. */
function opened() {
  if (!paper?.opening) return;
  keep(pid, paper.file.id, paper.opening);
  place.dispatchEvent(new CustomEvent("opened", { bubbles: true, detail: paper.file.id }));
}

/** Show a page, and fetch the one that comes next. @param {number} wanted */
async function to(wanted) {
  const known = paper;
  if (!known || wanted < 1 || wanted > known.pages) return;
  page = wanted;
  tell("loading");
  broken(false);
  try {
    const found = await pictureOf(known, wanted);
    if (paper !== known || page !== wanted) return;
    picture = found;
    draw();
    opened();
    if (wanted < known.pages) pictureOf(known, wanted + 1).catch(() => {});
  } catch {
    if (paper === known && page === wanted) broken(true);
  }
  if (paper === known) tell("where");
}

/** Whether this page could not be had: what was seen of another does not stand in its place. @param {boolean} so */
function broken(so) {
  $("[data-broken]", place).hidden = !so;
  $(".viewer__sheet", place).hidden = so;
}

/** @param {Paper} known @param {number} number */
function pictureOf(known, number) {
  const held = pictures;
  const path = apiPath`documents/files/${known.file.id}/pages/${String(number)}`;
  const coming = held.get(number) ?? loaded(path, () => api("GET", apiPath`documents/files/${known.file.id}/pages`));
  held.set(number, coming);
  coming.catch(() => held.delete(number));
  return coming;
}

/**
 * A picture, decoded. A session that ended is renewed by a call that can.
 * @param {string} path
 * @param {() => Promise<unknown>} renew
 */
export async function loaded(path, renew) {
  const ask = () => fetch(`/api/${path}`, { headers: { Accept: "image/jpeg", "Accept-Language": language }, cache: "no-store" });
  let answer = await ask();
  if (answer.status === 401) {
    await renew();
    answer = await ask();
  }
  if (!answer.ok) throw new TypeError("no picture");
  const address = URL.createObjectURL(await answer.blob());
  const made = new Image();
  made.src = address;
  try {
    await made.decode();
  } finally {
    URL.revokeObjectURL(address);
  }
  return made;
}

/** Where the reader is, or that it comes. @param {"where" | "loading"} what */
function tell(what) {
  if (!paper) return;
  const where = $(".viewer__where", place);
  const counted = { page, pages: paper.pages, kind: label("files", paper.file.jenis) };
  where.textContent = worded(where.dataset[what] ?? "", counted);
  const canvas = $("canvas", place);
  canvas.setAttribute("aria-label", worded(canvas.dataset.picture ?? "", counted));
  disable("previous", page === 1);
  disable("next", page === paper.pages);
}

/** @param {string} words @param {Record<string, string | number>} values */
const worded = (words, values) => words.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));

/** A button that leads nowhere stays where the focus may be. @param {string} deed @param {boolean} off */
function disable(deed, off) {
  $(`[data-do=${deed}]`, place).setAttribute("aria-disabled", String(off));
}

/** @param {number} step */
function enlarge(step) {
  zoom = Math.min(ZOOMS.length - 1, Math.max(0, zoom + step));
  draw();
}

/** @param {number} degrees */
function turned(degrees) {
  angle = (angle + degrees) % 360;
  draw();
}

/** Draw the page as it is turned and as large as is asked for; its middle stays in the middle. */
function draw() {
  if (!picture) return;
  const canvas = /** @type {HTMLCanvasElement} */ ($("canvas", place));
  const sheet = $(".viewer__sheet", place);
  const across = (sheet.scrollLeft + sheet.clientWidth / 2) / sheet.scrollWidth;
  const down = sheet.scrollTop ? (sheet.scrollTop + sheet.clientHeight / 2) / sheet.scrollHeight : 0;
  const { naturalWidth: width, naturalHeight: height } = picture;
  [canvas.width, canvas.height] = angle % 180 ? [height, width] : [width, height];
  const pen = canvas.getContext("2d");
  pen?.translate(canvas.width / 2, canvas.height / 2);
  pen?.rotate((angle * Math.PI) / 180);
  pen?.drawImage(picture, -width / 2, -height / 2);
  canvas.style.width = `${ZOOMS[zoom] * 100}%`;
  sheet.classList.toggle("viewer__sheet--wide", zoom > 0);
  sheet.scrollLeft = across * sheet.scrollWidth - sheet.clientWidth / 2;
  sheet.scrollTop = down * sheet.scrollHeight - sheet.clientHeight / 2;
  disable("smaller", zoom === 0);
  disable("larger", zoom === ZOOMS.length - 1);
}

/** Keys work while the focus is in the viewer, and never inside what is typed into. @param {KeyboardEvent} event */
function pressed(event) {
  const deed = KEYS[event.key];
  if (!deed || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  DEEDS[deed]();
}

/** An enlarged page follows the mouse; fingers scroll it by themselves. @param {HTMLElement} sheet */
function draggable(sheet) {
  sheet.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && zoom) sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!sheet.hasPointerCapture(event.pointerId)) return;
    sheet.scrollBy(-event.movementX, -event.movementY);
  });
}

/** Go back to where the file was opened. */
function close() {
  [paper, picture, pictures] = [null, null, new Map()];
  place.replaceChildren();
  if (opener instanceof HTMLElement) opener.focus();
}
