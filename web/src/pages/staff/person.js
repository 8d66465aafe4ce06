// One person: what the rules say, the files, the decision.

import { api, apiPath, keyed, paperPath } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { decisionsOn, reasonsFor } from "../../records/decisions.js";
import { $, all, fill, reveal, rows, withQuery } from "../../core/dom.js";
import { showFaults } from "../../core/errors.js";
import { bindForm } from "../../form/form.js";
import { backTo, linkBack } from "../../lists/place.js";
import { showProblem } from "../../core/problems.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { label, query, text } from "../../core/texts.js";
import { tellNext } from "../../session/told.js";
import { values } from "../../form/values.js";

const me = await whoAmI();
const id = query("id");
const path = apiPath`registration/institutions/${institutionOf(me)}/people/${id}`;
const form = /** @type {HTMLFormElement} */ ($("#form"));
// BKN and auditors go back to the list of the institution they came from.
const unfiltered = me.institution ? "" : `?${new URLSearchParams({ kode: institutionOf(me) })}`;
linkBack("/instansi/orang/", unfiltered);
const send = keyed();
/** Appointments beside the first one. */
const MOST_ROWS = 15;
/** The record as it was last read. */
let shown = /** @type {registration.PersonDetail} */ ({});
let bound = false;
/** Whether files can be sent. */
let ready = false;
startCountdown(institutionOf(me));
await load();

async function load() {
  try {
    show(await api("GET", path));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.PersonDetail} person */
function show(person) {
  shown = person;
  fill(document, { ...person, record: { ...person.record, nik: person.nik_masked } });
  const notes = [...person.missing, ...person.warnings];
  rows("notes", notes);
  $("#notes").hidden = notes.length === 0;
  const others = person.claims.filter((claim) => claim.institution.code !== person.institution.code);
  rows("claims", others);
  $("#claims").hidden = others.length === 0;
  $("#inactive").hidden = person.active !== false;
  rows("criteria", person.advice?.criteria ?? []);
  rows("files", person.files, { each: opener });
  rows("decisions", person.decisions.map(grounds));
  changes(person);
  rows("histories", person.histories.map((row) => ({ ...row, institutions: !row.own })), { each: rowLink });
  decision(person);
  $("#edit").hidden = person.state !== "DRAF" || !["operator", "admin"].includes(me.role);
  $("#remove").hidden = person.state === "DIHAPUS" || !(me.role === "admin" || (me.role === "operator" && person.state === "DRAF"));
  $("#restore").hidden = person.state !== "DIHAPUS" || person.nik_left || me.role !== "admin";
  const works = ["operator", "admin"].includes(me.role) && person.correctable;
  $("#correct").hidden = !works;
  $("#add-row").hidden = !works || person.histories.length > MOST_ROWS;
  for (const way of ["#edit a", "#correct a", "#add-row a"]) withQuery($(way), { id });
  for (const link of ["#history", "#identity", "#nik"]) /** @type {HTMLAnchorElement} */ ($(link)).search = location.search;
  // Nobody works on his own record: he reads it, and is told why there is nothing to press.
  if (person.own_record) for (const work of all("[data-work]")) work.hidden = true;
  $("#loading").hidden = true;
  $("#person").hidden = false;
  if (!bound) bind();
  bound = true;
}

/** The way to an appointment; the first one is corrected with the rest of the record. @param {HTMLElement} element @param {registration.HistoryView} row */
function rowLink(element, row) {
  const way = $("[data-open-row]", element);
  way.hidden = row.first || !["operator", "admin"].includes(me.role);
  withQuery(way, { id, riwayat: row.id });
}

/** What was changed after the verdict: few records have any. @param {registration.PersonDetail} person */
async function changes({ changes }) {
  $("#changes").hidden = changes.length === 0;
  if (changes.length === 0) return;
  try {
    const { showChanges } = await import("../../records/changes.js");
    showChanges(changes);
  } catch {
    showFaults(text("network_title"), [{ message: text("network") }]);
  }
}

/** The question before somebody leaves the list, which comes when it is asked. */
async function asked() {
  try {
    const { confirmed } = await import("../../form/confirm.js");
    return await confirmed("ask");
  } catch {
    showFaults(text("network_title"), [{ message: text("network") }]);
    return false;
  }
}

/** A decision with the papers it was given without, in words. @param {registration.PersonDetail["decisions"][number]} decision */
function grounds(decision) {
  return { ...decision, without: decision.without_papers.map((/** @type {string} */ jenis) => label("files", jenis)).join(", ") };
}

/** @param {HTMLElement} element @param {registration.FileView} file */
function opener(element, file) {
  for (const anchor of all("[data-open]", element)) {
    anchor.hidden = file.state !== "DITERIMA";
    anchor.setAttribute("href", paperPath(file.id));
  }
}

/** @param {registration.PersonDetail} person */
function decision(person) {
  const { may, tooLate, waits } = decisionsOn(person);
  // Under bkn's waiver one person may decide on what he entered; the page says so, and the decision is marked.
  const waived = person.entered_by_me && Boolean(person.deciding.waived_until);
  const own = (person.entered_by_me && !waived) || person.entered_by_sponsor;
  const papers = person.deciding.papers_missing;
  $("#own").hidden = !person.entered_by_me || waived;
  $("#sponsor").hidden = !person.entered_by_sponsor;
  $("#waived").hidden = !waived || may.length === 0;
  $("#no-return").hidden = own || !tooLate;
  $("#not-yet").hidden = own || !waits;
  $("#no-decision").hidden = own || tooLate || waits || may.length > 0;
  $("#return-until").hidden = !may.includes("DIKEMBALIKAN");
  rows("papers", papers);
  $("#papers").hidden = papers.length === 0;
  form.hidden = own || may.length === 0;
  for (const radio of /** @type {HTMLInputElement[]} */ (all("[name=decision]", form))) {
    radio.checked = false;
    /** @type {HTMLElement} */ (radio.parentElement).hidden = !may.includes(radio.value);
  }
}

/** What a reason is missing for; the service asks for it too, by the files of the moment. */
function reasonMissing() {
  const { decision, reason } = values(form);
  const causes = decision && !reason ? reasonsFor(decision, shown) : [];
  const words = [text("reason.ask"), ...causes.filter((cause) => cause !== "always").map((cause) => text(`reason.${cause}`))];
  return causes.length ? [{ field: "reason", message: words.join(" ") }] : [];
}

async function showNik() {
  try {
    const { nik } = await send({}, () => api("POST", `${path}/nik`, { body: {} }));
    $('[data-text="record.nik"]').textContent = nik;
  } catch (problem) {
    showProblem(problem);
  }
}

/** What sends files comes only when somebody wants to send one; who had no connection opens it again. */
async function openUploads() {
  if (ready) return;
  ready = true;
  try {
    const { bindUploads } = await import("../../upload/upload.js");
    bindUploads($("#uploads"), { id, names: { orang: id, riwayat: "pertama" }, files: shown.files, changed: load });
  } catch {
    ready = false;
    showFaults(text("network_title"), [{ message: text("network") }]);
  }
}

function bind() {
  $("#show-nik").addEventListener("click", showNik);
  $("#upload").addEventListener("toggle", openUploads);
  bindForm(form, {
    check: reasonMissing,
    send: (body, key) => api("POST", `${path}/verdicts`, { body: { v: shown.v, ...body }, key }),
    done: async () => {
      form.reset();
      await load();
      reveal($("#saved"));
    },
  });
  bindForm(/** @type {HTMLFormElement} */ ($("#delete-form")), {
    ask: () => asked(),
    send: (body, key) => api("DELETE", path, { body: { v: shown.v, reason: body.delete_reason }, key }),
    done: () => {
      const { deleted = "" } = $("#delete-form").dataset;
      tellNext(deleted.replace("{name}", shown.nama).replace("{number}", shown.nomor_registrasi));
      location.replace(backTo("/instansi/orang/", unfiltered));
    },
  });
  bindForm(/** @type {HTMLFormElement} */ ($("#restore-form")), {
    send: (body, key) => api("POST", `${path}/restoration`, { body: { v: shown.v, reason: body.restore_reason }, key }),
    done: async () => {
      form.reset();
      await load();
      $("#saved").textContent = $("#restore-form").dataset.restored ?? "";
      reveal($("#saved"));
    },
  });
}
