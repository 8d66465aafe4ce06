// One import: its progress, and an answer for every row.

import { api } from "../api.js";
import { $, all, fill } from "../dom.js";
import { number } from "../format.js";
import { showProblem } from "../problems.js";
import { roster } from "../roster.js";
import { institutionOf, whoAmI } from "../session.js";
import { query } from "../texts.js";
import { pause } from "../transfer.js";

const bar = /** @type {HTMLProgressElement} */ ($("#bar"));
const only = /** @type {HTMLInputElement} */ ($("#problems-only"));
const me = await whoAmI(["operator", "admin"]);
const path = `registration/institutions/${institutionOf(me)}/imports/${encodeURIComponent(query("id"))}`;
const show = roster({ path: `${path}/answers`, each: notes, only: (item) => !only.checked || item.problems?.length > 0 || item.outcome !== "DITERIMA" });
only.addEventListener("change", show);
await follow();

/** Ask until the import has ended; the answers that are there already can be read meanwhile. */
async function follow() {
  let seen = 0;
  try {
    for (;;) {
      const job = await api("GET", path);
      progress(job);
      const ended = ["SELESAI", "DITOLAK"].includes(job.state);
      if (job.done > 0 && (seen === 0 || ended)) await show();
      seen = job.done;
      if (ended) return;
      await pause(1500);
    }
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {any} job */
function progress(job) {
  fill(document, job);
  const share = job.rows ? Math.floor((job.done / job.rows) * 100) : 0;
  bar.value = job.state === "SELESAI" ? 100 : share;
  bar.hidden = job.state === "DITOLAK";
  $("#percent").textContent = job.rows ? `${number(job.done)} / ${number(job.rows)}` : "";
  $("#result").hidden = job.state !== "SELESAI";
  $("#result a").setAttribute("href", `/api/${path}/result`);
  $("#loading").hidden = true;
  $("#job").hidden = false;
}

/** @param {HTMLElement} element @param {any} item */
function notes(element, item) {
  for (const list of all("[data-problems]", element)) {
    list.replaceChildren(
      ...(item.problems ?? []).map((/** @type {any} */ problem) => {
        const line = document.createElement("li");
        const column = document.createElement("strong");
        column.textContent = problem.column ? `${problem.column}: ` : "";
        line.append(column, problem.message);
        return line;
      }),
    );
  }
}
