// Why an institution's list is not published, or not whole: where something like a personal number stands, never what.

import { api, apiPath } from "../core/api.js";
import { $, fill, rows, withQuery } from "../core/dom.js";
import { showProblem } from "../core/problems.js";

/** @param {string} code */
export const publicationPath = (code) => apiPath`announcements/institutions/${code}/publication`;

/**
 * Show the notice while something stands in the way; else it stays hidden.
 * @param {string} code
 * @param {Record<string, string>} [query] what links to records need beside the id
 */
export async function showNotice(code, query = {}) {
  try {
    /** @type {Answer<"GET announcements/institutions/{code}/publication">} */
    const publication = await api("GET", publicationPath(code));
    showPublication(publication, query);
    $("#publication").hidden = publication.state === "BERJALAN";
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {announcements.PublicationView} publication @param {Record<string, string>} query */
export function showPublication(publication, query) {
  const named = publication.findings.some((each) => each.nomor_registrasi === null);
  fill(document, { publication, named, listed: publication.rows > 0, stopped: publication.state === "BERHENTI", withheld: publication.state === "DISUNTING" });
  rows("places", publication.findings, { each: (element, place) => lead(element, place, query) });
  const shown = new Set(publication.findings.map((each) => each.nomor_registrasi).filter(Boolean));
  $("#places-most").hidden = shown.size >= publication.rows;
}

/** To the record, if it is one. @param {HTMLElement} element @param {announcements.PlaceView} place @param {Record<string, string>} [query] */
export function lead(element, { nomor_registrasi, person }, query = {}) {
  const anchor = $("[data-record]", element);
  anchor.hidden = !nomor_registrasi;
  $("[data-nobody]", element).hidden = Boolean(nomor_registrasi);
  if (person) withQuery(anchor, { ...query, id: person });
  else anchor.removeAttribute("href");
}
