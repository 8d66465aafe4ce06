// Follow what was filed without an account (followed.html): look at it, send its papers, take it back.

import { api, newKey, Problem } from "../core/api.js";
import { $, fill, reveal } from "../core/dom.js";
import { showProblem } from "../core/problems.js";
import { pause } from "../core/watch.js";
import { confirmed } from "../form/confirm.js";
import { bindLook, drop, keep, kept } from "../form/opened.js";
import { bindUploads } from "./controls.js";

/** @typedef {import("../form/opened.js").Opened} Opened */
/** @typedef {{id: string, jenis: string, state: string, message: string | null}} Paper */

/** The inspection takes seconds; after this long the page says that it takes longer. */
const LONGEST = 120_000;

/**
 * Wake the page, and open what this tab kept.
 * @template {{number: string, ticket: string | null}} Status
 * @param {import("../form/opened.js").Name} name
 * @param {string} path its lookups and withdrawals in the API
 * @param {{papers: (status: Status) => Paper[], open: (status: Status) => boolean, shown: (status: Status) => Record<string, any>}} its
 *   papers: what was sent; open: whether it may be taken back; shown: shows its own, and returns what the page's places are filled with
 * @returns {{opened: () => Opened | null, show: (status: Status) => void}}
 */
export function follow(name, path, { papers, open, shown }) {
  let opened = kept(name);
  let bound = false;

  bindLook(look, ({ code }, status) => {
    opened = { number: status.number, code };
    show(status);
  });
  $("#another").addEventListener("click", () => {
    drop(name);
    location.reload();
  });
  $("#withdraw").addEventListener("click", withdraw);
  void told(look);
  return { opened: () => opened, show };

  /** @param {Opened} body @returns {Promise<Status>} */
  function look(body) {
    return api("POST", `${path}/lookups`, { body, guest: true });
  }

  async function withdraw() {
    if (!(await confirmed("ask-withdraw"))) return;
    const key = newKey();
    await told((body) => api("POST", `${path}/withdrawals`, { body, key, guest: true }));
  }

  /** @param {(body: Opened) => Promise<Status>} ask */
  async function told(ask) {
    try {
      if (opened) show(await ask(opened));
    } catch (problem) {
      // Forgotten once it is long over, or never there.
      if (problem instanceof Problem && problem.status === 404) drop(name);
      else if (opened && $("#shown").hidden) lay(opened);
      showProblem(problem);
    }
  }

  /** Where it cannot be read now: what opens it, shown once when it was filed, is not lost. @param {Opened} typed */
  function lay({ number, code }) {
    /** @type {HTMLInputElement} */ ($("#number")).value = number;
    /** @type {HTMLInputElement} */ ($("#code")).value = code;
    $("#unread").hidden = false;
  }

  /** @param {Status} status */
  function show(status) {
    if (!opened) return;
    keep(name, opened);
    fill(document, { ...shown(status), code: opened.code });
    $("#look").hidden = true;
    $("#withdraw").hidden = !open(status);
    $("#upload").hidden = !status.ticket;
    if (status.ticket && !bound) bind(status);
    if ($("#shown").hidden) {
      $("#sheet").hidden = $("#shown").hidden = false;
      reveal($("#keep-title"));
    }
  }

  /** @param {Status} status */
  function bind(status) {
    bound = true;
    const subject = { id: status.number, files: papers(status), guest: true, ask: place, verdict: inspected, changed: () => void told(look) };
    void bindUploads($("#upload"), subject);
  }

  /** Ask for a place with a ticket that is fresh. @param {{jenis: string, ukuran: number}} body @param {string} key */
  async function place(body, key) {
    const status = opened && (await look(opened));
    if (status && !status.ticket) show(status); // closed meanwhile, or full
    return api("POST", "documents/uploads/by-ticket", { body: { ...body, ticket: status?.ticket ?? "" }, key, guest: true });
  }

  /** Wait until what was filed speaks of this file. @param {string} id */
  async function inspected(id) {
    const until = Date.now() + LONGEST;
    for (let usual = 1500; Date.now() < until; usual = Math.min(5000, usual * 1.4)) {
      await pause(usual);
      const found = opened && papers(await look(opened)).find((paper) => paper.id === id);
      if (found) return found;
    }
    return { state: "DIPERIKSA" };
  }
}
