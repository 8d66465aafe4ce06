// An institution's round as its pages show it: phase, windows, counts, seals, SPTJM, letters.

import { api, apiPath, paperPath } from "../core/api.js";
import { $, all, fill, rows, tint } from "../core/dom.js";
import { date, instant, number } from "../core/format.js";
import { label, link, text } from "../core/texts.js";

/** Who may open an institution's letters, and its signed statements. */
export const LETTERS = ["admin", "bkn", "auditor"];
const STATEMENTS = [...LETTERS, "ppk"];

/**
 * @param {string} code
 * @param {(seconds: number) => void} [wait] as for `api`
 * @returns {Promise<Answer<"GET finalization/institutions/{code}">>}
 */
export const fetchRound = (code, wait) => api("GET", apiPath`finalization/institutions/${code}`, { wait });

/** Everything that is named in the page, and the seal. @param {finalization.InstitutionView} round */
export function showRound(round) {
  const { seal } = round;
  fill(document, { ...round, ...prefinalWords(round), seal_words: seal ? sealWords(seal) : "" });
  $("#no-seal").hidden = Boolean(seal);
  $("#sealed").hidden = !seal;
}

/** The numbered list, whether the portal made it, and when it makes the next one. @param {finalization.InstitutionView} round */
function prefinalWords({ prefinalized: list, list_at: at }) {
  const known = list && { number: list.number, count: number(list.count), at: instant(list.at) };
  const coming = at && (list ? text("round.list_next", { at: instant(at), next: list.number + 1 }) : text("round.list_first", { at: instant(at) }));
  return {
    prefinal_words: known ? text("round.prefinal", known) : "",
    automatic_words: known && list?.automatic ? text("round.prefinal_automatic", { at: known.at }) : "",
    list_words: coming || "",
  };
}

/** That nobody was listed by the deadline: the round is over, nothing is sealed and nothing can follow. @param {finalization.InstitutionView} round */
export function showNever({ phase }) {
  const never = phase === "TIDAK_MENDATA";
  $("#never").hidden = !never;
  return never;
}

/** Its windows, and how many people are in which state; not for who works for some units. @param {finalization.InstitutionView} round */
export function showProgress({ windows, counts }) {
  rows("windows", windows, { each: openness });
  const states = Object.entries(counts?.by_state ?? {}).filter(([, count]) => Number(count) > 0);
  rows("states", states.map(([state, count]) => ({ state, count })));
}

/** The seal in words. @param {finalization.SealView} seal */
const sealWords = (seal) =>
  text("round.sealed", { at: instant(seal.sealed_at), count: number(seal.count), thk2: number(seal.thk2), non_asn: number(seal.non_asn) });

/** @param {HTMLElement} element @param {finalization.WindowView} window */
function openness(element, window) {
  for (const tag of all(".govuk-tag", element)) {
    tag.textContent = text(window.open ? "window_open" : "window_shut");
    tint(tag, window.open ? "DITERIMA" : "DITUTUP");
  }
}

/** A seal on record in words. @param {finalization.PastSealView} seal */
const pastSeal = (seal) => ({ ...seal, standing: text(seal.void ? "round.seal_void" : "round.seal_stands"), people: text("round.people", { count: number(seal.count) }) });

/** All seals, once there is more than the one in force. @param {finalization.PastSealView[]} seals */
export function showSeals(seals) {
  $("#seals").hidden = !seals.some((each) => each.void);
  rows("seals", [...seals].reverse().map(pastSeal), {
    each: (element, seal) => tint($(".govuk-tag", element), seal.void ? "BATAL" : "DITERIMA"),
  });
}

/** Extensions and reopenings, the last first. @param {finalization.InstitutionView} round @param {string} role */
export function showLetters({ extensions, reopenings }, role) {
  const given = [...extensions.map(extension), ...reopenings.map(reopening)].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  rows("letters", given, {
    each: (element, item) => {
      const tag = $("[data-tag]", element);
      tag.textContent = item.title;
      tint(tag, item.colour);
      openFile(element, LETTERS.includes(role) ? item.letter?.file : null);
    },
  });
}

/** An extension in words. @param {finalization.ExtensionView} given */
export function extension(given) {
  const asked = given.by_role === "admin" ? [text("round.asked", { windows: closings(given.requested) })] : [];
  const granted = given.state === "DIBERI" ? [text("round.granted", { windows: closings(given.windows) })] : [];
  return {
    ...given,
    title: label("extensions", given.state),
    colour: given.state,
    letter_words: letterWords(given.letter),
    asked: closings(given.requested),
    words: [...asked, ...granted].join(" "),
  };
}

/** @param {finalization.ReopeningView} given */
const reopening = (given) => ({
  ...given,
  title: text("round.reopened", { at: instant(given.at) }),
  colour: "PRAFINAL",
  letter_words: given.letter ? letterWords(given.letter) : text(forUsulan(given) ? "round.for_usulan" : "round.no_letter"),
  words: `${closings(given.windows)}.`,
});

/** Whether bkn opened it for usulan left undecided: without a letter, and not verification alone. @param {finalization.ReopeningView} given */
const forUsulan = ({ letter, windows }) => !letter && "CORRECTION" in windows;

/** What a reopening means, as long as there is no new seal. @param {finalization.InstitutionView} round */
export function showReopened({ code, reopenings, seals, seal, sptjm }) {
  const last = reopenings.at(-1);
  $("#reopened").hidden = !last || Boolean(seal);
  if (!last) return;
  const { title, letter_words: letter } = reopening(last);
  const numbers = sptjm.state === "BATAL" ? [text("round.sptjm_void", { number: `SPTJM-${code}-${seals.at(-1)?.epoch}` })] : [];
  const usulan = forUsulan(last);
  fill(document, { reopened: { ...last, usulan, alone: !last.letter && !usulan, words: `${[title, letter, ...numbers].join(". ")}.` } });
}

/** @param {finalization.LetterView} letter */
const letterWords = (letter) => text("round.letter", { number: letter.number, date: date(letter.date) });

/** @param {Record<string, string>} windows */
const closings = (windows) =>
  Object.entries(windows).map(([name, closes]) => text("round.until", { window: label("windows", name), time: instant(closes) })).join("; ");

/** Every signed statement that was handed in, the last first. @param {finalization.UploadView[]} history @param {string} role */
export function showStatements(history, role) {
  $("#statements").hidden = history.length === 0;
  rows("statements", [...history].reverse(), {
    each: (element, item) => openFile(element, STATEMENTS.includes(role) ? item.file : null),
  });
}

/**
 * Let the element's link open an upload; without one it disappears.
 * @param {HTMLElement} element @param {string | null | undefined} file
 */
export function openFile(element, file) {
  const anchor = $("[data-file]", element);
  anchor.hidden = !file;
  if (file) anchor.setAttribute("href", paperPath(file));
}
