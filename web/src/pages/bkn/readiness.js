// BKN: how ready every institution is to close; the forecast is the services', this page sorts and words it.

import { api } from "../../core/api.js";
import { heard, serverNow } from "../../core/clock.js";
import { $, fill, reveal, rows, withQuery } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { showProblem } from "../../core/problems.js";
import { label, language, text } from "../../core/texts.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { bindFilter, filterOf } from "../../lists/filter.js";
import { keepPlace } from "../../lists/place.js";
import { whoAmI } from "../../session/session.js";
import { startTicking, until } from "../../time/left.js";

/** @typedef {ReturnType<typeof line>} Line */
const filter = /** @type {HTMLFormElement} */ ($("#filter"));
const shown = $("#shown");
const words = $("#words").dataset;
const percent = new Intl.NumberFormat(language === "en" ? "en-GB" : "id-ID", { style: "percent", maximumFractionDigits: 1 });
const LOCKED = ["FINAL", "SPTJM_DITERIMA", "TIDAK_MENDATA"];
/** Whether an institution is one of those looked for. @type {Record<string, (item: Line) => boolean>} */
const LOOKS = {
  no_admin: (item) => !item.admins,
  nobody: (item) => !item.counts.total,
  behind: (item) => Boolean(item.forecast?.left),
  left_undecided: (item) => Boolean(item.left_undecided),
  usulan: (item) => Boolean(item.usulan_waiting),
  cases: (item) => LOCKED.includes(item.phase) && Boolean(item.case_words),
  unknown: (item) => !item.over && !item.forecast,
};
/** Orders of the list, each before the code. @type {Record<string, (a: Line, b: Line) => number>} */
const ORDERS = {
  "": (a, b) => (b.forecast?.left ?? -1) - (a.forecast?.left ?? -1),
  share: (a, b) => a.share - b.share,
  closes: (a, b) => Number(a.over) - Number(b.over) || Date.parse(a.closes) - Date.parse(b.closes),
  people: (a, b) => b.counts.total - a.counts.total,
  imported: (a, b) => Date.parse(a.imported ?? "1970-01-01") - Date.parse(b.imported ?? "1970-01-01"),
};
/** @type {Line[]} */
let institutions = [];
/** @type {Line[]} */
let found = [];
/** Codes of those to whose admins bkn writes; they stay chosen while others are looked for. @type {Set<string>} */
const chosen = new Set();

const me = await whoAmI();
const place = keepPlace(() => 0);
bindFilter(filter, show, { typing: true });
startTicking();
const writes = me.role === "bkn";
if (writes) bindMessage();
await load();
if (place) scrollTo(0, place.y);

async function load() {
  try {
    for (let cursor = /** @type {string | null} */ (""); cursor !== null; ) {
      const asked = Date.now();
      /** @type {Answer<"GET finalization/readiness">} */
      const page = await api("GET", `finalization/readiness?${new URLSearchParams(cursor ? { cursor } : {})}`);
      heard(page.now, asked);
      institutions.push(...page.items.map(line));
      cursor = page.cursor;
      show();
    }
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {finalization.ReadinessView} item */
function line(item) {
  const of = item.decided + item.undecided;
  const over = Date.parse(item.closes) <= serverNow();
  const states = Object.entries(item.counts.by_state).map(([state, count]) => `${label("states", state)} ${number(count)}`);
  return {
    ...item,
    over,
    share: of ? item.decided / of : 0,
    states: states.join(" · "),
    admin_words: item.admins ? said(words.admins, item.admins) : (words.noAdmin ?? ""),
    user_words: said(words.users, item.users),
    share_words: of ? percent.format(item.decided / of) : percent.format(0),
    of_words: `${number(item.decided)} / ${number(of)}`,
    forecast_words: forecast(item, over),
    case_words: cases(item),
    pace_words: item.forecast ? said(words.pace, item.forecast.pace) : item.left_undecided ? said(words.leftCount, item.left_undecided) : "",
  };
}

/** @param {finalization.ReadinessView} item @param {boolean} over */
function forecast({ forecast: told, undecided }, over) {
  if (over) return said(words.over, undecided);
  if (!told) return words.unknown ?? "";
  if (!undecided) return words.done ?? "";
  return told.left ? said(words.left, told.left) : (words.inTime ?? "");
}

/** What of the public waits for a decision that may change the list; help does not. @param {finalization.ReadinessView} item */
function cases({ cases: { USULAN = 0, TANGGAPAN = 0, KEBERATAN = 0 } }) {
  if (!USULAN && !TANGGAPAN && !KEBERATAN) return "";
  const counts = { usulan: USULAN, tanggapan: TANGGAPAN, keberatan: KEBERATAN };
  return Object.entries(counts).reduce((words_, [kind, count]) => words_.replace(`{${kind}}`, number(count)), words.cases ?? "");
}

/** A sentence with its number. @param {string | undefined} sentence @param {number} count */
function said(sentence, count) {
  return (sentence ?? "").replace("{count}", number(count));
}

function show() {
  const { q = "", phase, look, order = "" } = filterOf(filter);
  const sought = q.toLowerCase();
  found = institutions
    .filter((each) => !phase || each.phase === phase)
    .filter((each) => !look || LOOKS[look]?.(each))
    .filter((each) => `${each.code} ${each.name}`.toLowerCase().includes(sought))
    .sort((a, b) => ORDERS[order]?.(a, b) || a.code.localeCompare(b.code));
  showSums();
  rows("items", found, {
    each: (element, item) => {
      withQuery($("[data-link]", element), { kode: item.code });
      until($("[data-left]", element), item.closes);
      const recheck = $("[data-recheck]", element);
      withQuery($("a", recheck), { kode: item.code });
      recheck.hidden = !item.recheck_until || !writes;
      const usulan = $("[data-usulan]", element);
      withQuery($("a", usulan), { kode: item.code });
      usulan.hidden = !item.usulan_waiting || !writes;
      if (writes) offerChoice(element, item.code);
    },
  });
  shown.textContent = said(shown.dataset.words, found.length);
}

/** @param {HTMLElement} element @param {string} code */
function offerChoice(element, code) {
  const box = /** @type {HTMLInputElement} */ ($("[data-choice] input", element));
  [box.id, box.checked] = [`pick-${code}`, chosen.has(code)];
  $("[data-choice] label", element).setAttribute("for", box.id);
  $("[data-choice]", element).hidden = false;
  const name = $("[data-pick]", element);
  name.textContent = `${name.dataset.pick} ${code}`;
  box.addEventListener("change", () => {
    if (box.checked) chosen.add(code);
    else chosen.delete(code);
    countChosen();
  });
}

function countChosen() {
  const without = institutions.filter((each) => chosen.has(each.code) && !each.admins).length;
  const words = $("#chosen");
  words.textContent = said(words.dataset.words, chosen.size) + (without ? ` ${said(words.dataset.without, without)}` : "");
}

function bindMessage() {
  $("#choose").addEventListener("click", () => choose(() => found.forEach((each) => chosen.add(each.code))));
  $("#forget").addEventListener("click", () => choose(() => chosen.clear()));
  countChosen();
  bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
    ask: () => confirmed("ask"),
    check: () => (chosen.size ? [] : [{ field: "institutions", message: text("round.choose_first") }]),
    add: () => ({ institutions: [...chosen].sort() }),
    send: (body, key) => api("POST", "registration/office-messages", { body, key }),
    done: ({ institutions: count }) => {
      /** @type {HTMLFormElement} */ ($("#form")).reset();
      choose(() => chosen.clear());
      const sent = $("#sent");
      sent.textContent = said(sent.dataset.words, count);
      reveal(sent);
    },
  });
}

/** @param {() => void} change of what is chosen */
function choose(change) {
  change();
  countChosen();
  show();
}

/** How many institutions there are of each that calls for somebody. */
function showSums() {
  const count = (/** @type {(item: Line) => boolean} */ which) => institutions.filter(which).length;
  fill(document, { sums: { no_admin: count(LOOKS.no_admin), nobody: count(LOOKS.nobody), behind: count(LOOKS.behind), left_undecided: count(LOOKS.left_undecided), usulan: count(LOOKS.usulan), cases: count(LOOKS.cases) } });
}
