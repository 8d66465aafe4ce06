// Every accepted paper of a record at a glance, its first page as a picture; that is how whoever decides opens them. Each
// opens larger in the viewer.

import { api, apiPath } from "../core/api.js";
import { $, rows } from "../core/dom.js";
import { label, text } from "../core/texts.js";
import { keep } from "./openings.js";
import { loaded, view } from "./viewer.js";

/**
 * @param {registration.PersonDetail} person
 */
export async function spread({ id, files, histories }) {
  const place = $("#spread");
  const accepted = files.filter((file) => file.state === "DITERIMA");
  style(place);
  rows("spread", accepted, {
    each: (element, file) => $("button", element).addEventListener("click", () => view($("#viewer"), id, file, histories)),
  });
  place.hidden = accepted.length === 0;
  for (const [at, file] of accepted.entries()) await show(id, file, $(`li:nth-child(${at + 1})`, place));
}

/** One that cannot be shown says so; it is opened as any other. @param {string} id @param {registration.FileView} file @param {HTMLElement} element */
async function show(id, file, element) {
  const pages = apiPath`documents/files/${file.id}/pages`;
  const told = $("[data-said]", element);
  try {
    const paper = await api("GET", pages);
    if (!paper.pages) return void (told.textContent = text("judge.no_picture"));
    const picture = await loaded(apiPath`documents/files/${file.id}/pages/1`, () => api("GET", pages));
    picture.alt = text("judge.picture", { kind: label("files", file.jenis), pages: paper.pages });
    told.textContent = paper.pages > 1 ? text("judge.pages", { pages: paper.pages }) : "";
    $("button", element).append(picture);
    if (!paper.opening) return;
    keep(id, file.id, paper.opening);
    element.dispatchEvent(new CustomEvent("opened", { bubbles: true, detail: file.id }));
  } catch {
    told.textContent = text("judge.no_picture");
  }
}

/** Its look comes with it, and not with every page. @param {HTMLElement} place */
function style(place) {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = place.dataset.style ?? "";
  document.head.append(sheet);
}
