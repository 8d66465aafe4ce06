// Deciding on a person: a verdict on each criterion, a return with what to mend, one's own verdict taken back.

import { api, apiPath } from "../../core/api.js";
import { $, all, rows, reveal, tint, withQuery } from "../../core/dom.js";
import { show } from "../../core/format.js";
import { showProblem } from "../../core/problems.js";
import { label, query, text } from "../../core/texts.js";
import { bindForm } from "../../form/form.js";
import { values } from "../../form/values.js";
import { decisionsOn, reasonsFor } from "../../records/decisions.js";
import { filesOf, of } from "../../records/openings.js";
import { showRecord } from "../../records/record.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";

const me = await whoAmI(["verifikator", "admin"]);
const id = query("id");
const code = institutionOf(me);
const path = apiPath`registration/institutions/${code}/people/${id}`;
const form = /** @type {HTMLFormElement} */ ($("#form"));
const returning = /** @type {HTMLFormElement} */ ($("#return-form"));
const criteria = all("[data-criterion]", form);
/** The record as it was last read. */
let shown = /** @type {registration.PersonDetail} */ ({});
/** What whoever works through the queue has beside: fetched where he does. */
const queue = query("antrean") ? import("../../records/turn.js") : null;
/** Without the shortcuts everything can still be done. */
const keys = import("../../records/keys.js").catch(() => null);
startCountdown(code);
withQuery($(".govuk-back-link"), { id });
bind();
(await keys)?.bindKeys({ form, criteria, asks: causesOf, files: () => shown.files, next: skip });
await load();
(await queue)?.work(code, shown);

async function load() {
  try {
    present(await api("GET", path));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.PersonDetail} person */
function present(person) {
  shown = person;
  showRecord(person);
  rows("histories", person.histories.map((row) => ({ ...row, institutions: !row.own })));
  offer(person);
  for (const fieldset of criteria) presentCriterion(fieldset, person);
  if (person.own_record) for (const work of all("[data-work]")) work.hidden = true;
  $("#loading").hidden = true;
  $("#person").hidden = false;
}

/** What can be decided, or why nothing can. @param {registration.PersonDetail} person */
function offer(person) {
  const { verdicts, returns, tooLate, waits } = decisionsOn(person);
  // Under bkn's waiver one person may decide on what he entered; the page says so, and the decision is marked.
  const waived = (person.entered_by_me || person.entered_by_sponsor) && Boolean(person.deciding.waived_until);
  const own = (person.entered_by_me || person.entered_by_sponsor) && !waived;
  const withdraws = Boolean(person.deciding.withdrawable_until);
  $("#own").hidden = !person.entered_by_me || waived;
  $("#sponsor").hidden = !person.entered_by_sponsor || waived;
  $("#waived").hidden = !waived || !(verdicts || returns);
  $("#no-return").hidden = own || !tooLate;
  $("#not-yet").hidden = own || !waits;
  $("#no-decision").hidden = own || tooLate || waits || verdicts || returns || withdraws;
  $("#withdraw").hidden = own || !withdraws;
  form.hidden = own || !verdicts;
  $("#return").hidden = own || !returns;
  rows("papers", person.deciding.papers_missing);
  $("#papers").hidden = person.deciding.papers_missing.length === 0;
}

/** One criterion with its advice and, where it still stands, the verdict before. @param {HTMLElement} fieldset @param {registration.PersonDetail} person */
function presentCriterion(fieldset, person) {
  const criterion = fieldset.dataset.criterion ?? "";
  const advised = person.advice?.criteria.find((each) => each.criterion === criterion);
  const tag = $("[data-advice]", fieldset);
  tag.textContent = show(advised?.advice, "advice");
  tint(tag, advised?.advice);
  $("[data-sentence]", fieldset).textContent = advised?.sentence ?? "";
  const stands = person.deciding.standing.find((each) => each.criterion === criterion);
  $("[data-standing]", fieldset).hidden = !stands;
  $("[data-stands]", fieldset).textContent = stands ? label("verdicts", stands.verdict) : "";
  // Nothing is chosen beforehand but where the rules find nothing and every paper is there.
  const plain = person.advice?.overall === "LOLOS" && person.deciding.papers_missing.length === 0;
  for (const radio of /** @type {HTMLInputElement[]} */ (all("[type=radio]", fieldset))) {
    radio.checked = plain && !stands && radio.value === "LOLOS";
  }
  askWhy(fieldset);
}

/** Ask for a reason where one is needed, and offer those that fit the verdict. @param {HTMLElement} fieldset */
function askWhy(fieldset) {
  const verdict = chosen(fieldset);
  const causes = verdict ? causesOf(fieldset, verdict) : [];
  $("[data-why]", fieldset).hidden = !verdict || (causes.length === 0 && verdict === "LOLOS");
  const select = /** @type {HTMLSelectElement} */ ($("select", fieldset));
  for (const option of select.options) {
    const fits = option.value === "" || option.dataset.of?.split(" ").includes(verdict);
    option.hidden = option.disabled = !fits;
    if (!fits && option.selected) select.value = "";
  }
}

/** @param {HTMLElement} fieldset */
function chosen(fieldset) {
  return /** @type {HTMLInputElement | null} */ (fieldset.querySelector("[type=radio]:checked"))?.value ?? "";
}

/** @param {HTMLElement} fieldset @param {string} verdict */
function causesOf(fieldset, verdict) {
  return reasonsFor(fieldset.dataset.criterion ?? "", verdict, shown, filesOf(id));
}

/** What the service would ask for too, by the files of the moment. */
function lacking() {
  const stands = new Set(shown.deciding.standing.map((each) => each.criterion));
  return criteria.flatMap((fieldset) => {
    const criterion = /** @type {registration.Criterion} */ (fieldset.dataset.criterion);
    const verdict = chosen(fieldset);
    if (!verdict) return stands.has(criterion) ? [] : [{ field: `criteria.${criterion}`, message: text("judge.choose", { criterion: label("criteria", criterion) }) }];
    const code = /** @type {HTMLSelectElement} */ ($("select", fieldset)).value;
    if (code === "LAINNYA" && !/** @type {HTMLTextAreaElement} */ ($("textarea", fieldset)).value.trim()) {
      return [{ field: `criteria.${criterion}.text`, message: text("judge.typed", { criterion: label("criteria", criterion) }) }];
    }
    const causes = code ? [] : causesOf(fieldset, verdict);
    const words = causes.filter((cause) => cause !== "always").map((cause) => text(`judge.${cause}`));
    const ask = text("judge.ask", { criterion: label("criteria", criterion) });
    return causes.length ? [{ field: `criteria.${criterion}.reason_code`, message: [ask, ...words].join(" ") }] : [];
  });
}

/** The verdicts that were given, as the service takes them. */
function given() {
  const typed = values(form);
  return criteria.map((fieldset) => fieldset.dataset.criterion ?? "").filter((each) => typed[`criteria.${each}`]).map((criterion) => ({
    criterion,
    verdict: typed[`criteria.${criterion}`],
    reason_code: typed[`criteria.${criterion}.reason_code`] ?? null,
    text: typed[`criteria.${criterion}.text`] ?? null,
  }));
}

/** The record as it is after a decision; in the queue, the next one. @param {HTMLFormElement} decided @param {registration.Moved} [moved] */
async function saved(decided, moved) {
  if (queue && moved) return (await queue).decided(code, { id, nama: shown.nama, state: moved.state });
  decided.reset();
  await load();
  reveal($("#saved"));
}

function bind() {
  for (const fieldset of criteria) fieldset.addEventListener("change", () => askWhy(fieldset));
  // A paper that has been looked at is no longer a cause to give a reason.
  document.addEventListener("opened", () => criteria.forEach(askWhy));
  document.addEventListener("checked", load);
  bindForm(form, {
    draft: false,
    check: lacking,
    send: (_, key) => api("POST", `${path}/verdicts`, { body: { v: shown.v, criteria: given(), opened: of(id) }, key }),
    done: (moved) => saved(form, moved),
  });
  bindForm(returning, {
    draft: false,
    send: ({ reason = "" }, key) => api("POST", `${path}/returns`, { body: { v: shown.v, reason, mend: ticked() }, key }),
    done: (moved) => saved(returning, moved),
  });
  bindForm(/** @type {HTMLFormElement} */ ($("#withdraw")), {
    send: (_, key) => api("POST", `${path}/verdicts/withdrawal`, { body: { v: shown.v }, key }),
    done: () => saved(form),
  });
}

/** In the queue, the next record without a decision on this one. */
async function skip() {
  (await queue)?.next(code);
}

/** What the person is to mend. */
function ticked() {
  return all("[data-mend]", returning).filter((box) => box.matches(":checked")).map((box) => box.dataset.mend ?? "");
}
