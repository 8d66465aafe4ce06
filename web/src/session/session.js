// Who is signed in: name in the header, links by role, signing out.

import { api, door, openFresh, sessionEnded } from "../core/api.js";
import { $, all, fill } from "../core/dom.js";
import { forgetAll } from "../form/draft.js";
import { showFaults } from "../core/errors.js";
import { showProblem } from "../core/problems.js";
import { go, query, text } from "../core/texts.js";
import { showTold } from "./told.js";

/** @typedef {{role: string, id: string, name?: string, nama?: string, units?: string[], institution: {code: string, name: string} | null, files: registration.FileView[], [key: string]: any}} Me */

/**
 * Fetch the signed-in person, or leave for the sign-in page; show name and links.
 * @param {string[]} [roles] who may use this page; of the staff console the page says it
 * @returns {Promise<Me>} never resolves when the page is not for this role
 */
export async function whoAmI(roles) {
  try {
    const me = /** @type {Me} */ (await api("GET", "registration/me"));
    dress(me);
    if (roles ? roles.includes(me.role) : isFor(me, document.body.dataset.may, "whole" in document.body.dataset)) return me;
    for (const waiting of all(".loading")) waiting.hidden = true;
    showFaults(text("not_allowed"), []);
  } catch (problem) {
    showProblem(problem);
  }
  return new Promise(() => {});
}

/** @param {Me} me */
function dress(me) {
  $("#who").textContent = text("signed_in_as", { name: me.name ?? me.nama ?? "" });
  const out = $("#sign-out");
  out.hidden = false;
  out.addEventListener("click", signOut);
  document.addEventListener("click", openFresh);
  for (const element of all("[data-roles]")) element.hidden = !isFor(me, element.dataset.roles, "whole" in element.dataset);
  if (me.institution) {
    fill(document, { institution: me.institution });
    if (document.querySelector("[data-contact]")) contactOf(me.institution.code);
  }
  if (document.querySelector("#told")) showTold();
}

/** Whom to ask there; without an answer the way to all contacts stays. @param {string} code of the institution */
async function contactOf(code) {
  const { showContact } = await import("../core/contact.js").catch(() => ({ showContact: null }));
  showContact?.(code);
}

/** Whether something is for this person. @param {Me} me @param {string} [roles] @param {boolean} [whole] not for who works for some units only */
export const isFor = (me, roles = "", whole = false) => roles.split(" ").includes(me.role) && !(whole && me.units?.length);

async function signOut() {
  if (await endSession()) go(door());
}

/** End the session of this browser, and forget what the tab keeps of it; whether that was done. */
export async function endSession() {
  try {
    await api("DELETE", "registration/sessions", { guest: true });
  } catch (problem) {
    showProblem(problem);
    return false;
  }
  sessionEnded();
  forgetAll();
  await import("../upload/store.js").then(({ forgetFiles }) => forgetFiles());
  return true;
}

/**
 * The institution a staff page works on: the person's own, or for BKN the one named in the address.
 * @param {Me} me
 */
export const institutionOf = (me) => me.institution?.code ?? query("kode");
