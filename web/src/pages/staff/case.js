// A case, as staff read, handle and decide it. What changes a record goes on to registration, unread.

import { api, apiPath, keyed, newKey, paperPath, Problem } from "../../core/api.js";
import { $, all, fill, rows } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { link, query } from "../../core/texts.js";
import { answers } from "../../core/watch.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { choose } from "../../records/draft.js";
import { bindSealed } from "../../records/sealed.js";
import { offerSaved } from "../../records/saved.js";
import { whoAmI } from "../../session/session.js";
import { showTold, tellNext } from "../../session/told.js";

/** How long the page waits for a case to close that was decided, in milliseconds. */
const CLOSES_WITHIN = 60_000;
/** Answers by which registration refuses for good. */
const FINAL = new Set([400, 403, 404, 409, 410, 422]);
const OPEN = ["BARU", "DITANGANI", "MENUNGGU_PELAPOR"];

const me = await whoAmI();
const code = me.institution?.code ?? query("kode");
const list = apiPath`announcements/institutions/${code}/cases`;
const path = apiPath`announcements/institutions/${code}/cases/${query("nomor")}`;
const reasons = /** @type {HTMLSelectElement} */ ($("#reason"));
const known = [...reasons.options];
const take = keyed();
/** @type {announcements.CaseView} */
let shown;

$("#take").addEventListener("click", () => done(take({ v: shown.v }, (key) => api("POST", `${path}/taking`, { body: { v: shown.v }, key }))));
for (const choice of all("#decide input[name=accepted]")) choice.addEventListener("change", offerReasons);
bindForm(/** @type {HTMLFormElement} */ ($("#write")), {
  send: (body, key) => api("POST", `${path}/messages`, { body: { v: shown.v, text: body["write-text"], asks: body.asks === "ya" }, key }),
  done: (view) => {
    /** @type {HTMLFormElement} */ ($("#write")).reset();
    show(view);
  },
});
bindForm(/** @type {HTMLFormElement} */ ($("#decide")), {
  ask: () => confirmed("ask-decide"),
  send: async (body, key) => {
    const said = { v: shown.v, accepted: body.accepted === "ya", reason: body.reason, text: body["decide-text"] };
    const decided = await api("POST", `${path}/decisions`, { body: said, key });
    return decided.handover ? orRelease(decided.decision, carryOut(decided.handover)) : null;
  },
  done: async (told) => {
    await done(api("GET", path));
    if (!told) return;
    tellNext(told.words);
    showTold();
    if (told.closes) await follow();
  },
});
bindForm(/** @type {HTMLFormElement} */ ($("#handed")), {
  send: ({ tanggal }, key) => api("POST", `${path}/handed-over`, { body: { v: shown.v, tanggal }, key }),
  done: show,
});
bindSealed(() => ({ code, number: shown.number }));
$("#notice").setAttribute("href", `/api/${path}/notice`);
await done(api("GET", path));
if (["operator", "verifikator", "helpdesk", "admin", "bkn"].includes(me.role)) await offerSaved(me.institution?.code ?? "nasional");

/** @param {Promise<announcements.CaseView>} asked */
async function done(asked) {
  try {
    show(await asked);
    if (shown.kind === "KEBERATAN" && shown.decidable) await showOpinions(shown.person ?? "");
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {announcements.CaseView} view */
function show(view) {
  shown = view;
  const open = OPEN.includes(view.state);
  const decides = view.decidable && (!view.noted_until || view.noted_by_me);
  const unnamed = view.reporter !== null && !Object.values(view.reporter).some(Boolean);
  const tells = view.unheard && me.role !== "auditor";
  const hears = view.kind === "TANGGAPAN" && open;
  fill(document, {
    ...view,
    joined_words: view.joined.join(", "),
    with_bkn: open && view.level === "BKN",
    mine: open && view.mine,
    taken_by_other: open && view.taken && !view.mine,
    helps: me.institution && open && view.kind === "BANTUAN",
    national: code === "nasional",
    noted_by_other: view.noted_until && !view.noted_by_me,
    noted_mine: view.noted_until && view.noted_by_me,
    not_carried_out: view.unfinished && view.decidable,
    hearing_waits: view.awaits_hearing,
    unnamed,
    became_draft: view.became === "DRAF",
    became_nik: view.became === "NIK",
    not_told: hears && view.awaits_hearing && !view.hearing_until && !tells,
  });
  rows("messages", view.messages);
  rows("files", view.files, { each: (element, file) => $("[data-paper]", element).setAttribute("href", paperPath(file.file)) });
  $("#hidden-reporter").hidden = view.reporter !== null;
  $("#reporter").hidden = view.reporter === null || unnamed;
  $("#joined").hidden = view.joined.length === 0;
  $("#hearing").hidden = !hears || !view.hearing_until || Boolean(view.said.jawaban); // he answers once
  $("#unheard").hidden = !tells;
  $("#person").hidden = !view.person;
  if (view.person) lead(view.person);
  if (view.follows) $("#first").setAttribute("href", `?${new URLSearchParams({ nomor: view.follows, kode: code })}`);
  const reads = open && !view.decidable && !view.follows;
  $("#not-yet-bkn").hidden = !reads || me.role !== "bkn";
  $("#not-yours").hidden = !reads || me.role === "bkn";
  $("#acts").hidden = !decides;
  $("#take-part").hidden = !decides || view.mine;
  $("#decide").hidden = !((decides && !view.awaits_hearing) || view.overturnable);
  $("#annotate").hidden = !decides || view.topic !== "DATA_PRIBADI";
  for (const lead of all("#decide [data-kind], #not-yours [data-kind]")) lead.hidden = lead.dataset.kind !== view.kind;
  offerDecisions(view.overturnable);
  $("#shown").hidden = false;
  $("#loading").hidden = true;
}

/** What was refused can only be accepted. @param {boolean} overturns */
function offerDecisions(overturns) {
  const [yes, no] = /** @type {HTMLInputElement[]} */ (all("#decide input[name=accepted]"));
  const refusal = /** @type {HTMLElement} */ (no?.closest(".govuk-radios__item"));
  refusal.hidden = overturns;
  if (overturns && yes) yes.checked = true;
  offerReasons();
}

/** The reasons that fit the kind and what was chosen. */
function offerReasons() {
  const chosen = /** @type {HTMLInputElement | undefined} */ (all("#decide input[name=accepted]:checked")[0]);
  const fits = `${shown?.kind}-${chosen?.value === "ya"}`.toLowerCase();
  reasons.replaceChildren(...known.filter(({ value, dataset }) => !value || (chosen && dataset.fits?.split(" ").includes(fits))));
}

/** Whose opinion on a keberatan is on record, never which. @param {string} person */
async function showOpinions(person) {
  const asked = new URLSearchParams({ number: shown.number });
  const { given, mine, settled } = await api("GET", `${apiPath`registration/institutions/${code}/people/${person}/case-opinions`}?${asked}`);
  const words = $("#opinions").dataset;
  const [first] = given;
  $("#opinions").hidden = !first || settled;
  $("#opinions").textContent = (given.length > 1 ? words.both : mine ? words.mine : words[first ?? "mine"]) ?? "";
}

/**
 * Registration carries it out: an usulan becomes a draft, of others the verdict stands or is void.
 * @param {string} handover
 * @returns {Promise<{words: string, closes: boolean} | null>} null: not carried out yet
 */
const carryOut = (handover) => (shown.kind === "USULAN" ? makeDraft(handover) : decideOn(shown.person ?? "", handover));

/**
 * What registration refused, or is left for now, keeps no colleague away; what may have been carried out does.
 * @template T @param {string} decision @param {Promise<T | null>} carried
 */
async function orRelease(decision, carried) {
  try {
    const told = await carried;
    if (!told) await release(decision);
    return told;
  } catch (problem) {
    if (problem instanceof Problem && FINAL.has(problem.status)) await release(decision);
    throw problem;
  }
}

/** Where it does not come about, ten minutes do the same. @param {string} decision */
async function release(decision) {
  try {
    shown = await api("POST", `${path}/release`, { body: { decision }, key: newKey() });
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
  }
}

/** @param {string} handover */
async function makeDraft(handover) {
  const body = await choose(code, handover, Boolean(shown.unfinished || shown.noted_until));
  if (!body) return null;
  const made = await api("POST", apiPath`registration/institutions/${code}/case-drafts`, { body, key: newKey() });
  $("#person").hidden = false;
  lead(made.id);
  return { words: [$("#decide").dataset.sent, made.message].filter(Boolean).join(" "), closes: true };
}

/** What became of it: carried out, or of a keberatan first one's opinion. @param {string} person @param {string} handover */
async function decideOn(person, handover) {
  const path = apiPath`registration/institutions/${code}/people/${person}/case-decisions`;
  const decided = await api("POST", path, { body: { handover }, key: newKey() });
  return { words: decided.message, closes: decided.outcome === "DIPUTUS" };
}

/** Wait until the case has closed by itself; the list is asked, because each reading of the case is written down. */
async function follow() {
  const place = $("#following");
  const until = Date.now() + CLOSES_WITHIN;
  place.textContent = place.dataset.waits ?? "";
  place.hidden = false;
  try {
    for await (const { items } of answers(`${list}?${new URLSearchParams({ number: shown.number })}`)) {
      if (!OPEN.includes(items[0]?.state) || Date.now() > until) break;
    }
    show(await api("GET", path));
  } catch (problem) {
    showProblem(problem);
  }
  place.hidden = !OPEN.includes(shown.state);
  place.textContent = place.dataset.late ?? "";
}

/** @param {string} person */
function lead(person) {
  const page = me.role === "helpdesk" ? "/instansi/orang/langkah/" : "/instansi/orang/detail/";
  $("[data-person]").setAttribute("href", `${link(page)}?${new URLSearchParams({ id: person, kode: code })}`);
}
