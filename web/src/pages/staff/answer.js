// Yang dipertanggungjawabkan: what the PPK reads before he signs; the institution's admin, bkn and auditors read it too.

import { api, apiPath, paperPath } from "../../core/api.js";
import { $, all, fill, reveal, rows, withQuery } from "../../core/dom.js";
import { instant, number, show } from "../../core/format.js";
import { showProblem } from "../../core/problems.js";
import { label, link, text } from "../../core/texts.js";
import { showChecklist } from "../../institutions/checklist.js";
import { showHastes } from "../../institutions/hastes.js";
import { showCorrectedNiks } from "../../institutions/niks.js";
import { fetchRound, showNever, showReopened } from "../../institutions/round.js";
import { showWaived } from "../../institutions/waivers.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";
import { bindUploads } from "../../upload/controls.js";

/** Units that stand there at first, and with each press. */
const AT_ONCE = 25;
const LISTED = ["MEMENUHI_SYARAT"];
const REFUSED = ["TIDAK_MEMENUHI_SYARAT"];

const me = await whoAmI();
const code = institutionOf(me);
const path = apiPath`registration/institutions/${code}/recap`;
/** @type {Record<string, any>[]} */
let units = [];
/** Whether statements are printed and uploaded: by whom, and while. */
let printing = false;
let sending = false;
$("#handover").setAttribute("href", `/api/${apiPath`finalization/institutions/${code}/handover`}`);
for (const anchor of all("[data-institution]")) withQuery(anchor, { kode: code });
startCountdown(code);
bind();
await load();

async function load() {
  try {
    const office = apiPath`registration/institutions/${code}`;
    const [round, recap, statements, families, risks] = await Promise.all([
      fetchRound(code),
      api("GET", path),
      fetchStatements(),
      api("GET", `${office}/families`),
      api("GET", `${office}/risks`),
    ]);
    units = recap.items.map(unitOf);
    printing = ["admin", "ppk"].includes(me.role) && !round.locked_at;
    sending = printing && round.windows.some(({ name, open }) => name === "VERIFICATION" && open);
    showSums(round, units);
    addStatements(statements);
    showUnits(AT_ONCE);
    rows("families", byFamily(families.items));
    rows("risks", risks.items.filter((/** @type {registration.RiskCount} */ { people }) => people).map(riskWords));
    showMarks(round);
    showRest(round);
    $("#loading").hidden = true;
    $("#round").hidden = false;
  } catch (problem) {
    showProblem(problem);
  }
}

/** A unit as a line of the table. @param {registration.UnitPeople} unit */
function unitOf({ unit, id, place, states }) {
  /** @type {Record<string, Record<string, number>>} */
  const of = states;
  /** @param {(state: string) => boolean} wanted @param {string[]} [categories] */
  const count = (wanted, categories = Object.keys(of)) =>
    categories.flatMap((category) => Object.entries(of[category] ?? {})).reduce((sum, [state, n]) => sum + (wanted(state) ? n : 0), 0);
  return {
    unit: unit || text("answer.no_unit"),
    id,
    place,
    thk2: count(() => true, ["THK-II"]),
    non_asn: count(() => true, ["NON-ASN"]),
    listed: count((state) => LISTED.includes(state)),
    listed_thk2: count((state) => LISTED.includes(state), ["THK-II"]),
    refused: count((state) => REFUSED.includes(state)),
    undecided: count((state) => ![...LISTED, ...REFUSED].includes(state)),
  };
}

/**
 * After the seal what is answered for is the sealed list, before it whoever would stand on it now.
 * @param {finalization.InstitutionView} round @param {Record<string, any>[]} lines
 */
function showSums({ name, seal }, lines) {
  const sum = (/** @type {string} */ field) => lines.reduce((all_, line) => all_ + line[field], 0);
  const listed = seal?.count ?? sum("listed");
  const thk2 = seal?.thk2 ?? sum("listed_thk2");
  fill(document, { name, sum: { listed, thk2, non_asn: listed - thk2, refused: sum("refused"), undecided: sum("undecided") } });
}

/** Some more units than stand there. @param {number} more */
function showUnits(more) {
  const shown = Math.min(units.length, $('[data-rows="units"]').childElementCount + more);
  rows("units", units.slice(0, shown), { each: showStatement });
  $("#more-units").hidden = shown === units.length;
}

/** The signed statements of unit heads. */
function fetchStatements() {
  return api("GET", apiPath`documents/institutions/${code}/unit-statements`);
}

/** @param {documents.UnitStatements} statements */
function addStatements({ items }) {
  const of = Object.fromEntries(items.map((each) => [each.place, each]));
  const listed = units.filter(({ id }) => id);
  for (const unit of units) {
    const there = of[unit.place];
    unit.file = there?.file;
    unit.statement = there ? text("answer.statement_there", { at: instant(there.at) }) : text(unit.id ? "answer.statement_none" : "answer.statement_off");
  }
  const count = listed.filter(({ file }) => file).length;
  $("#statements").textContent = text("answer.statements", { count: number(count), all: number(listed.length) });
}

/** The ways to a unit's statement: the signed one, the paper to sign, the upload. @param {HTMLElement} line @param {Record<string, any>} unit */
function showStatement(line, unit) {
  const [open, print, send] = ["open", "print", "send"].map((act) => $(`[data-${act}]`, line));
  open.hidden = !unit.file;
  print.hidden = !printing || !unit.id;
  send.hidden = !sending || !unit.id;
  if (unit.file) open.setAttribute("href", paperPath(unit.file));
  if (unit.id) print.setAttribute("href", `/api/${path}/units/${unit.id}/statement`);
  send.addEventListener("click", () => offerUpload(unit));
}

/** A control of its own for each unit: what one unit began to send never goes on with another. @param {Record<string, any>} unit */
function offerUpload({ unit, place }) {
  const template = /** @type {HTMLTemplateElement} */ ($("#statement-upload"));
  $("#statement-file").replaceChildren(template.content.cloneNode(true));
  $("#statement-title").textContent = text("answer.statement_of", { unit });
  bindUploads($("#statement-file"), {
    id: `I${code}`,
    names: { instansi: code, riwayat: place },
    changed: async (_, state) => {
      if (state !== "DITERIMA") return;
      addStatements(await fetchStatements());
      showUnits(0);
    },
  });
  $("#statement").hidden = false;
  reveal($("#statement-title"));
}

/** Both categories of a job family in one line. @param {registration.FamilyCount[]} counts */
function byFamily(counts) {
  const of = (/** @type {string} */ family, /** @type {string} */ category) =>
    counts.find((each) => each.family === family && each.kategori === category)?.people ?? 0;
  return [...new Set(counts.map(({ family }) => family))].map((family) => ({
    family_words: label("families", family),
    thk2: of(family, "THK-II"),
    non_asn: of(family, "NON-ASN"),
  }));
}

/** A risk flag, and the list of whom it is told of. @param {registration.RiskCount} count */
function riskWords({ risk, people }) {
  const query = new URLSearchParams({ risk, ...(!me.institution && { kode: code }) });
  return { people, risk_words: label("risks", risk), link: `${link("/instansi/orang/")}?${query}` };
}

/** @param {finalization.InstitutionView} round */
function showMarks({ counts }) {
  for (const line of all("[data-mark]")) {
    const count = counts?.judged[line.dataset.mark ?? ""] ?? 0;
    $("[data-count]", line).textContent = number(count);
    $("[data-read]", line).hidden = count === 0;
  }
}

/** @param {finalization.InstitutionView} round */
function showRest(round) {
  const { prefinalized, seal, sptjm } = round;
  showNever(round);
  showReopened(round);
  showHastes(round);
  showWaived(round, me.role);
  showCorrectedNiks(code);
  const open = round.checklist.filter(({ count }) => count !== 0);
  showChecklist(open, () => "");
  $("#nothing-open").hidden = open.length > 0;
  $("#open").hidden = Boolean(round.locked_at);
  $("#no-list").hidden = Boolean(prefinalized?.hash);
  $("#read-changes").hidden = !prefinalized?.hash || !$("#changed").hidden;
  const next = !seal ? "before" : sptjm.state === "DIUNGGAH" ? "sent" : sptjm.state === "DITERIMA" ? "accepted" : "sign";
  for (const words of all("[data-next]")) words.hidden = words.dataset.next !== next;
}

function bind() {
  $("#more-units").addEventListener("click", () => showUnits(AT_ONCE));
  let mark = "";
  let cursor = "";
  for (const line of all("[data-mark]")) {
    $("[data-read]", line).addEventListener("click", async () => {
      mark = line.dataset.mark ?? "";
      cursor = await readMarked(mark, "");
    });
  }
  $("#more-marked").addEventListener("click", async () => (cursor = await readMarked(mark, cursor)));
  let following = "";
  const changes = async () => (following = await readChanges(following));
  $("#read-changes").addEventListener("click", changes);
  $("#more-changes").addEventListener("click", changes);
}

/** Some verdicts with a mark, below those that stand there; answers where to go on. @param {string} mark @param {string} from */
async function readMarked(mark, from) {
  try {
    const page = await api("GET", `${path}/verdicts?${new URLSearchParams({ mark, ...(from && { cursor: from }) })}`);
    rows("marked", page.items.map(markedWords), { each: showCriteria, append: Boolean(from) });
    const count = $('[data-rows="marked"]').childElementCount;
    $("#marked-title").textContent = label("marks", mark);
    $("#marked-shown").textContent = text("people.shown", { count: number(count), found: number(page.found) });
    $("#more-marked").hidden = !page.cursor;
    if (!from) {
      $("#marked").hidden = false;
      reveal($("#marked-title"));
    }
    return page.cursor ?? "";
  } catch (problem) {
    showProblem(problem);
    return from;
  }
}

/** @param {registration.MarkedVerdict} item */
const markedWords = (item) => ({
  ...item,
  marks_words: `${item.marks.map((mark) => label("marks", mark)).join(" · ")}.`,
  otherwise: item.decision.second?.criteria.map((each) => show(each, "criterion")).join(", "),
});

/** What was decided on each criterion against which advice, and why; a verdict given as one has its reason alone. @param {HTMLElement} element @param {registration.MarkedVerdict} item */
function showCriteria(element, { decision, advised }) {
  const lines = decision.criteria.map((each) => {
    const advice = advised.find(({ criterion }) => criterion === each.criterion)?.advice;
    const line = document.createElement("li");
    line.textContent = text("answer.criterion", {
      criterion: show(each.criterion, "criterion"),
      verdict: show(each.verdict, "verdict"),
      advice: advice ? show(advice, "advice") : text("answer.unknown"),
    });
    const why = [each.sentence, each.text].filter(Boolean).join(" ");
    if (why) {
      const reason = document.createElement("span");
      reason.lang = "id";
      reason.textContent = ` ${why}`;
      line.append(reason);
    }
    return line;
  });
  $("[data-criteria]", element).replaceChildren(...lines);
}

/** Some changes since the pre-final list; answers where to go on. @param {string} from */
async function readChanges(from) {
  try {
    const page = await api("GET", `${path}/changes?${new URLSearchParams(from ? { cursor: from } : {})}`);
    rows("changes", page.items.map(changeWords), { append: Boolean(from) });
    $("#read-changes").hidden = true;
    $("#changed").hidden = false;
    $("#more-changes").hidden = !page.cursor;
    const count = (/** @type {string} */ change) => number(/** @type {Record<string, number>} */ (page.counts)[change] ?? 0);
    $("#changes-counts").textContent = text("answer.changes", {
      number: page.number ?? "",
      at: page.at ? instant(page.at) : "",
      changed: count("BERUBAH"),
      came: count("MASUK"),
      left: count("KELUAR"),
    });
    if (!from) $("#changes-counts").focus();
    return page.cursor ?? "";
  } catch (problem) {
    showProblem(problem);
    return from;
  }
}

/** @param {registration.ChangedLine} item */
function changeWords({ nomor_registrasi, change, state, before, after }) {
  const now = after ? lineWords(after) : state ? show(state, "state") : text("answer.elsewhere");
  return {
    nomor_registrasi,
    change_words: text(`answer.${change}`),
    before_words: before ? lineWords(before) : text("answer.not_listed"),
    after_words: now,
  };
}

/** @param {registration.Line} line */
const lineWords = ({ nama, unit_kerja, jabatan, kategori }) => `${nama}, ${unit_kerja}, ${jabatan}, ${show(kategori, "category")}`;
