// Follow an application by number and code, upload its letter, take it back.

import { api, newKey } from "../../core/api.js";
import { $, fill, reveal } from "../../core/dom.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { showProblem } from "../../core/problems.js";
import { pause } from "../../core/watch.js";
import { bindUploads } from "../../upload/controls.js";

/** @typedef {{number: string, code: string}} Opened */

/** The inspection takes seconds; after this long the page says that it takes longer. */
const LONGEST = 120_000;
/** What opens the application that is shown. @type {Opened | null} */
let opened = JSON.parse(sessionStorage.getItem("application") ?? "null");
let bound = false;

bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  draft: false,
  send: async ({ number, code }) => ({ typed: { number, code }, status: await look({ number, code }) }),
  done: ({ typed, status }) => {
    opened = { number: status.number, code: typed.code };
    show(status);
  },
});
$("#print").addEventListener("click", () => print());
$("#another").addEventListener("click", () => {
  sessionStorage.removeItem("application");
  location.reload();
});
$("#withdraw").addEventListener("click", withdraw);
if (opened) await told(look);

/** @param {Opened} body @returns {Promise<registration.ApplicationStatus>} */
function look(body) {
  return api("POST", "registration/applications/lookups", { body, guest: true });
}

async function withdraw() {
  if (!(await confirmed("ask-withdraw"))) return;
  const key = newKey();
  await told((body) => api("POST", "registration/applications/withdrawals", { body, key, guest: true }));
}

/** @param {(body: Opened) => Promise<registration.ApplicationStatus>} ask */
async function told(ask) {
  try {
    if (opened) show(await ask(opened));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.ApplicationStatus} status */
function show(status) {
  if (!opened) return;
  sessionStorage.setItem("application", JSON.stringify(opened));
  fill(document, { ...status, code: opened.code });
  $("#look").hidden = true;
  const open = status.state === "DIAJUKAN";
  $("#withdraw").hidden = !open;
  $("#letter-accepted").hidden = status.letter?.state !== "DITERIMA";
  $("#letter").hidden = !status.ticket;
  if (status.ticket && !bound) bind(status);
  if ($("#shown").hidden) {
    $("#shown").hidden = false;
    reveal($("#keep-title"));
  }
}

/** @param {registration.ApplicationStatus} status */
function bind({ number, letter }) {
  bound = true;
  const before = letter ? [{ id: letter.file, jenis: "SURAT", state: letter.state, message: letter.message }] : [];
  bindUploads($("#letter"), {
    id: number,
    files: before,
    guest: true,
    ask: place,
    verdict: inspected,
    changed: () => void told(look),
  });
}

/** Ask for a place with a ticket that is fresh. @param {{jenis: string, ukuran: number}} body @param {string} key */
async function place(body, key) {
  const ticket = (opened && (await look(opened)).ticket) ?? "";
  return api("POST", "documents/uploads/by-ticket", { body: { ...body, ticket }, key, guest: true });
}

/** Wait until the status speaks of this file. @param {string} id */
async function inspected(id) {
  const until = Date.now() + LONGEST;
  for (let usual = 1500; Date.now() < until; usual = Math.min(5000, usual * 1.4)) {
    await pause(usual);
    const letter = opened && (await look(opened)).letter;
    if (letter?.file === id) return letter;
  }
  return { state: "DIPERIKSA" };
}
