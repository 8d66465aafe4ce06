// Follow a case by number and code: read, answer, send papers, take it back.

import { api, newKey, Problem } from "../../core/api.js";
import { $, all, fill, reveal, rows } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { pause } from "../../core/watch.js";
import { confirmed } from "../../form/confirm.js";
import { OPENED } from "../../form/filing.js";
import { forget } from "../../form/draft.js";
import { bindForm } from "../../form/form.js";
import { bindUploads } from "../../upload/controls.js";

/** @typedef {{number: string, code: string}} Opened */

/** The inspection takes seconds; after this long the page says that it takes longer. */
const LONGEST = 120_000;
/** @type {Opened | null} */
let opened = kept();
let bound = false;
const write = /** @type {HTMLFormElement} */ ($("#write"));

bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  draft: false,
  send: async ({ number, code }) => ({ typed: { number, code }, status: await look({ number, code }) }),
  done: ({ typed, status }) => {
    opened = { number: status.number, code: typed.code };
    show(status);
  },
});
bindForm(write, {
  send: ({ text }, key) => api("POST", "announcements/cases/messages", { body: { ...opened, text }, key, guest: true }),
  done: (status) => {
    write.reset();
    show(status);
  },
});
$("#print").addEventListener("click", () => print());
$("#another").addEventListener("click", () => {
  sessionStorage.removeItem(OPENED);
  forget(write); // what was begun for this case is not sent in another
  location.reload();
});
$("#withdraw").addEventListener("click", withdraw);
if (opened) await told(look);

/** What this tab opened last; what is none opens nothing. @returns {Opened | null} */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(OPENED) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Opened} body @returns {Promise<announcements.CaseStatus>} */
function look(body) {
  return api("POST", "announcements/cases/lookups", { body, guest: true });
}

async function withdraw() {
  if (!(await confirmed("ask-withdraw"))) return;
  const key = newKey();
  await told((body) => api("POST", "announcements/cases/withdrawals", { body, key, guest: true }));
}

/** @param {(body: Opened) => Promise<announcements.CaseStatus>} ask */
async function told(ask) {
  try {
    if (opened) show(await ask(opened));
  } catch (problem) {
    // Forgotten a year after it ended, or never there.
    if (problem instanceof Problem && problem.status === 404) sessionStorage.removeItem(OPENED);
    showProblem(problem);
  }
}

/** @param {announcements.CaseStatus} status */
function show(status) {
  if (!opened) return;
  sessionStorage.setItem(OPENED, JSON.stringify(opened));
  fill(document, { ...status, code: opened.code, due_at: status.can_write ? status.due_at : null });
  $("#look").hidden = true;
  $("#withdraw").hidden = $("#write").hidden = !status.can_write;
  $("#upload").hidden = !status.ticket;
  $("#full").hidden = !status.can_write || Boolean(status.ticket);
  rows("messages", status.messages);
  rows("files", status.files);
  if (status.ticket && !bound) bind(status);
  if ($("#shown").hidden) {
    $("#sheet").hidden = $("#shown").hidden = false;
    reveal($("#keep-title"));
  }
}

/** @param {announcements.CaseStatus} status */
function bind({ number, files, kinds }) {
  bound = true;
  for (const control of all("#upload [data-upload]")) if (!kinds.some((kind) => kind === control.dataset.upload)) control.remove();
  const before = files.map(({ file, jenis, accepted, message }) => ({ id: file, jenis, state: accepted ? "DITERIMA" : "DITOLAK", message }));
  bindUploads($("#upload"), { id: number, files: before, guest: true, ask: place, verdict: inspected, changed: () => void told(look) });
}

/** Ask for a place with a ticket that is fresh. @param {{jenis: string, ukuran: number}} body @param {string} key */
async function place(body, key) {
  const status = opened && (await look(opened));
  if (status && !status.ticket) show(status); // closed meanwhile, or full
  return api("POST", "documents/uploads/by-ticket", { body: { ...body, ticket: status?.ticket ?? "" }, key, guest: true });
}

/** Wait until the case speaks of this file. @param {string} id */
async function inspected(id) {
  const until = Date.now() + LONGEST;
  for (let usual = 1500; Date.now() < until; usual = Math.min(5000, usual * 1.4)) {
    await pause(usual);
    const found = opened && (await look(opened)).files.find(({ file }) => file === id);
    if (found) return { state: found.accepted ? "DITERIMA" : "DITOLAK", message: found.message };
  }
  return { state: "DIPERIKSA" };
}
