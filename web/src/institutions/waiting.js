// What waits for a member of staff, as far as it is counted: by role, by what is open, and with where it is done.

import { api, apiPath } from "../core/api.js";
import { instant } from "../core/format.js";
import { text } from "../core/texts.js";

/**
 * @typedef {object} Wait
 * @property {number | null} count how many; null where it is one thing, or nobody counts
 * @property {boolean} [more] whether there are more than that
 * @property {string} words
 * @property {string} path of the page, with its filter
 */

/**
 * @typedef {object} Counted
 * @property {registration.Progress} progress
 * @property {finalization.InstitutionView} round
 * @property {announcements.CaseCount | null} cases
 * @property {registration.ListedReclaims | null} reclaims
 * @property {boolean} [scoped] whether he works for some units, of which the round counts nothing apart
 */

/**
 * How many people are in which state: of whoever works for some units they are counted part by part.
 * @param {string} code @returns {Promise<registration.Progress>}
 */
export async function progressOf(code) {
  const path = apiPath`registration/institutions/${code}/progress`;
  const whole = await api("GET", path);
  for (let { cursor } = whole; cursor; ) {
    const part = await api("GET", `${path}?cursor=${encodeURIComponent(cursor)}`);
    whole.total += part.total;
    for (const [state, count] of Object.entries(part.by_state)) whole.by_state[state] = (whole.by_state[state] ?? 0) + count;
    ({ cursor } = part);
  }
  return whole;
}

const UNDECIDED = ["TERDAFTAR", "AKUN_DIBUAT", "DIAJUKAN", "DIKEMBALIKAN"];
/** Ten days, in milliseconds. */
const LAST_DAYS = 864_000_000;

/** @type {Record<string, (counted: Counted) => Wait[]>} */
const BY_ROLE = {
  operator: (counted) => [...asking(counted), ...drafts(counted), ...cases(counted), ...returned(counted), ...withoutAccount(counted)],
  helpdesk: (counted) => cases(counted),
  verifikator: (counted) => [...reclaims(counted), ...submitted(counted), ...cases(counted), ...returned(counted), ...asTheyStand(counted)],
  admin: (counted) => [
    ...dissents(counted),
    ...sptjm(counted),
    ...runningOut(counted),
    ...asking(counted),
    ...submitted(counted),
    ...drafts(counted),
    ...cases(counted),
    ...disputed(counted),
    ...niks(counted),
    ...returned(counted),
    ...asTheyStand(counted),
    ...checks(counted),
    ...asked(counted),
  ],
  ppk: (counted) => [...sptjm(counted), ...againstAdvice(counted)],
};

/** @param {{role: string, units?: readonly string[]}} me @param {Counted} counted @returns {Wait[]} */
export const waitingFor = (me, counted) => BY_ROLE[me.role]?.({ ...counted, scoped: Boolean(me.units?.length) }) ?? [];

/**
 * People in a state, while the window is open in which something can be done for them.
 * @param {Counted} counted @param {string} window @param {string} state @param {string} [words]
 */
function people({ progress, round }, window, state, words = state) {
  const count = progress.by_state[state] ?? 0;
  const open = round.windows.some((each) => each.name === window && each.open);
  return count && open ? [{ count, words: text(`waiting.${words}`), path: `/instansi/orang/?state=${state}` }] : [];
}

/** @param {Counted} counted */
const drafts = (counted) => people(counted, "ENTRY", "DRAF");

/** @param {Counted} counted */
const submitted = (counted) => people(counted, "VERIFICATION", "DIAJUKAN");

/** @param {Counted} counted */
const returned = (counted) => people(counted, "DOSSIER", "DIKEMBALIKAN");

/** @param {Counted} counted */
const withoutAccount = (counted) => people(counted, "DOSSIER", "TERDAFTAR");

/** Who has not submitted may be decided on by what there is. @param {Counted} counted */
const asTheyStand = (counted) => ["TERDAFTAR", "AKUN_DIBUAT"].flatMap((state) => people(counted, "VERIFICATION", state, `${state}_verify`));

/** @param {Counted} counted */
const disputed = (counted) => people(counted, "CORRECTION", "KONFLIK");

/** @param {Counted} counted @returns {Wait[]} */
const cases = ({ cases: inbox }) =>
  inbox?.waiting ? [{ count: inbox.waiting, more: inbox.more, words: text("waiting.cases"), path: "/instansi/laporan/" }] : [];

/** @param {Counted} counted @returns {Wait[]} */
const niks = ({ progress }) => (progress.asked_niks ? [{ count: progress.asked_niks, words: text("waiting.niks"), path: "/instansi/nik/" }] : []);

/** What people ask of their institution, while it can be answered. @param {Counted} counted @returns {Wait[]} */
function asking(counted) {
  const { round, scoped } = counted;
  const open = round.windows.some((each) => each.name === "CORRECTION" && each.open);
  const lines = ["requests", "inactive"].flatMap((words) => {
    const count = round.checklist.find((each) => each.code === `${words}-open`)?.count;
    return open && count ? [{ count: scoped ? null : count, words: text(`waiting.${words}`), path: "/instansi/perbaikan/" }] : [];
  });
  return [...reclaims(counted), ...lines];
}

/** Accounts on which he may decide. @param {Counted} counted @returns {Wait[]} */
function reclaims({ reclaims: found }) {
  const count = found?.items.filter((each) => each.yours).length ?? 0;
  return count ? [{ count, more: Boolean(found?.cursor), words: text("waiting.reclaims"), path: "/instansi/perbaikan/" }] : [];
}

/** Lines that would hold finalizing by hand, once there is a list to finalize. @param {Counted} counted @returns {Wait[]} */
function checks({ round }) {
  const open = round.checklist.filter((each) => each.blocking && each.count).length;
  return open && round.phase === "PRAFINAL" ? [{ count: open, words: text("waiting.checklist"), path: "/instansi/finalisasi/" }] : [];
}

/** Who is undecided in the last days in which anybody can be decided on. @param {Counted} counted @returns {Wait[]} */
function runningOut({ progress, round }) {
  const closes = round.windows.find((each) => each.name === "VERIFICATION" && each.open)?.closes;
  const count = UNDECIDED.reduce((sum, state) => sum + (progress.by_state[state] ?? 0), 0);
  if (!closes || !count || Date.parse(closes) - Date.parse(round.now) > LAST_DAYS) return [];
  return [{ count, words: text("waiting.left", { closes: instant(closes) }), path: "/instansi/tenggat/" }];
}

/** Verdicts that a second check does not agree with, while they can be returned or left. @param {Counted} counted @returns {Wait[]} */
function dissents({ round: { counts, windows } }) {
  const count = counts?.judged.TIDAK_SEPENDAPAT ?? 0;
  const open = windows.some((each) => each.name === "VERIFICATION" && each.open);
  return count && open ? [{ count, words: text("waiting.dissents"), path: "/instansi/orang/?flag=TIDAK_SEPENDAPAT" }] : [];
}

/** Verdicts against the advice, until the statement is signed. @param {Counted} counted @returns {Wait[]} */
function againstAdvice({ round: { counts, sptjm: statement } }) {
  const count = counts?.judged.MELAWAN_SARAN ?? 0;
  const signed = ["DIUNGGAH", "DITERIMA"].includes(statement.state);
  return count && !signed ? [{ count, words: text("waiting.against"), path: "/instansi/pertanggungjawaban/" }] : [];
}

/** A request that bkn has not answered. @param {Counted} counted @returns {Wait[]} */
const asked = ({ round }) =>
  round.extensions.some((each) => each.state === "DIMINTA") ? [{ count: null, words: text("waiting.extension"), path: "/instansi/perpanjangan/" }] : [];

/** The statement, from the seal until it is handed in. @param {Counted} counted @returns {Wait[]} */
function sptjm({ round: { seal, sptjm: statement } }) {
  const known = ["BELUM", "DIBUAT", "DIKEMBALIKAN"].includes(statement.state);
  if (!seal || !known || !statement.closes) return [];
  const words = statement.state === "DIKEMBALIKAN" ? "sptjm_returned" : "sptjm";
  return [{ count: null, words: text(`waiting.${words}`, { closes: instant(statement.closes) }), path: "/instansi/sptjm/" }];
}
