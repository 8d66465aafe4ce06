// BKN: every institution, what of it waits for a decision first; opening the round of a new one.

import { api, apiPath } from "../../core/api.js";
import { heard } from "../../core/clock.js";
import { startCountdown } from "../../time/countdown.js";
import { $, fill, rows, withQuery } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { bindFilter, filterOf } from "../../lists/filter.js";
import { bindForm } from "../../form/form.js";
import { startTicking, until } from "../../time/left.js";
import { keepPlace } from "../../lists/place.js";
import { showProblem } from "../../core/problems.js";
import { whoAmI } from "../../session/session.js";
import { mayOpen } from "../../session/ways.js";

/** @typedef {ReturnType<typeof line>} Line */
const filter = /** @type {HTMLFormElement} */ ($("#filter"));
/** Phases in which nothing can be lost any more. */
const OVER = ["FINAL", "SPTJM_DITERIMA", "TIDAK_MENDATA"];
/** Whether an institution waits for a decision of this kind. @type {Record<string, (item: Line) => boolean>} */
const WAITS = {
  any: (item) => item.asks || item.hands_in,
  extension: (item) => item.asks,
  sptjm: (item) => item.hands_in,
  empty: (item) => !item.counts.total && !OVER.includes(item.phase),
};
/** States that the deadline seals as not verified. */
const UNDECIDED = ["DRAF", "TERDAFTAR", "AKUN_DIBUAT", "DIAJUKAN", "DIKEMBALIKAN", "KONFLIK"];
/** Orders of the list, each before the code. @type {Record<string, (a: Line, b: Line) => number>} */
const ORDERS = {
  "": (a, b) => Number(WAITS.any(b)) - Number(WAITS.any(a)),
  risk: (a, b) => risk(b) - risk(a) || b.undecided - a.undecided,
  closes: (a, b) => Number(OVER.includes(a.phase)) - Number(OVER.includes(b.phase)) || Date.parse(a.closes) - Date.parse(b.closes),
  people: (a, b) => b.counts.total - a.counts.total,
};
const shown = $("#shown");
/** @type {Line[]} */
let institutions = [];

const me = await whoAmI();
const place = keepPlace(() => 0);
bindFilter(filter, show, { typing: true });
startCountdown();
startTicking();
showPublications();
if (mayOpen(me, "/bkn/permohonan/")) showApplications();
showCases();
await load();
if (place && $("#told").hidden) scrollTo(0, place.y);
bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  send: ({ code, name, kind, size, ppk_nama, ppk_nip, ppk_jabatan }) =>
    api("PUT", apiPath`finalization/institutions/${code}`, {
      body: { name, kind, size: Number(size), ppk: { nama: ppk_nama, nip: ppk_nip ?? null, jabatan: ppk_jabatan } },
    }),
  done: async () => {
    /** @type {HTMLFormElement} */ ($("#form")).reset();
    $("#opened").hidden = false;
    await load();
  },
});

async function load() {
  try {
    institutions = [];
    for (let cursor = /** @type {string | null} */ (""); cursor !== null; ) {
      const asked = Date.now();
      /** @type {Answer<"GET finalization/institutions">} */
      const page = await api("GET", `finalization/institutions?${new URLSearchParams(cursor ? { cursor } : {})}`);
      heard(page.now, asked);
      institutions.push(...page.items.map(line));
      cursor = page.cursor;
      show();
    }
  } catch (problem) {
    showProblem(problem);
  }
}

/** The institutions whose lists are not published, or not whole. */
async function showPublications() {
  try {
    const { items } = await api("GET", "announcements/publications");
    const told = items.map((each) => ({ ...each, stopped: each.state === "BERHENTI", withheld: each.state === "DISUNTING" }));
    rows("publications", told, { each: (element, item) => withQuery($("a", element), { kode: item.code }) });
    $("#publications").hidden = items.length === 0;
  } catch (problem) {
    showProblem(problem);
  }
}

/** How many cases bkn may decide, and how many of them are late. */
async function showCases() {
  try {
    const { waiting, overdue, more } = await api("GET", "announcements/cases/count");
    fill(document, { cases: { count: number(waiting) + (more ? "+" : ""), overdue } });
    $("#cases").hidden = false;
  } catch (problem) {
    showProblem(problem);
  }
}

/** How many applications for an institution's first admin wait, and how many too long. */
async function showApplications() {
  try {
    fill(document, { applications: await api("GET", "registration/applications-waiting") });
    $("#applications").hidden = false;
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {finalization.ListedInstitution} item */
function line(item) {
  const [asks, hands_in] = [item.extension_requests > 0, item.sptjm_state === "DIUNGGAH"];
  const of = (/** @type {string} */ state) => item.counts.by_state[state] ?? 0;
  const undecided = UNDECIDED.reduce((sum, state) => sum + of(state), 0);
  return { ...item, asks, hands_in, undecided, verified: of("MEMENUHI_SYARAT") };
}

/** Who would lose most at the close: nobody listed yet, then the largest part without a verdict. @param {Line} item */
function risk({ phase, counts, undecided }) {
  if (OVER.includes(phase)) return -1;
  return counts.total ? undecided / counts.total : 2;
}

function show() {
  const { q = "", phase, waiting, order = "" } = filterOf(filter);
  const words = q.toLowerCase();
  const found = institutions
    .filter((each) => !phase || each.phase === phase)
    .filter((each) => !waiting || WAITS[waiting]?.(each))
    .filter((each) => `${each.code} ${each.name}`.toLowerCase().includes(words))
    .sort((a, b) => ORDERS[order]?.(a, b) || a.code.localeCompare(b.code));
  showSums();
  rows("items", found, {
    each: (element, item) => {
      withQuery($("[data-link]", element), { kode: item.code });
      until($("[data-left]", element), item.closes);
    },
  });
  shown.textContent = (shown.dataset.words ?? "").replace("{count}", String(found.length));
}

/** What waits and where nothing came, over all institutions. */
function showSums() {
  const count = (/** @type {(item: Line) => boolean} */ which) => institutions.filter(which).length;
  fill(document, {
    sums: { extension: count(WAITS.extension), sptjm: count(WAITS.sptjm), empty: count(WAITS.empty), never: count((each) => each.phase === "TIDAK_MENDATA") },
  });
}
