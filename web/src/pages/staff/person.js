// One person: what the rules say, the files, what was decided; staff correct and upload from here.

import { api, apiPath, keyed } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $, all, reveal, rows, withQuery } from "../../core/dom.js";
import { showFaults } from "../../core/errors.js";
import { bindForm } from "../../form/form.js";
import { backTo, linkBack } from "../../lists/place.js";
import { showRecord } from "../../records/record.js";
import { showProblem } from "../../core/problems.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { link, query, text } from "../../core/texts.js";
import { tellNext } from "../../session/told.js";

const me = await whoAmI();
const id = query("id");
const path = apiPath`registration/institutions/${institutionOf(me)}/people/${id}`;
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

/** What the public reports of him; who enters rows reads usulan alone, so for him the number leads nowhere. @param {registration.PersonDetail} person */
function showCases({ annotations, cases, institution }) {
  const at = `${link("/instansi/laporan/lihat/")}?kode=${institution.code}&nomor=`;
  rows("cases", cases.map((one) => ({ ...one, place: me.role === "operator" ? "" : at + encodeURIComponent(one.number) })));
  $("#cases").hidden = cases.length === 0;
  rows("annotations", annotations);
  $("#annotations").hidden = annotations.length === 0;
}

/** @param {registration.PersonDetail} person */
function show(person) {
  shown = person;
  showRecord(person);
  showCases(person);
  rows("criteria", person.advice?.criteria ?? []);
  rows("histories", person.histories.map((row) => ({ ...row, institutions: !row.own })), { each: rowLink });
  $("#edit").hidden = person.state !== "DRAF" || !["operator", "admin"].includes(me.role);
  $("#remove").hidden = person.state === "DIHAPUS" || !(me.role === "admin" || (me.role === "operator" && person.state === "DRAF"));
  $("#restore").hidden = person.state !== "DIHAPUS" || person.nik_left || me.role !== "admin";
  const works = ["operator", "admin"].includes(me.role) && person.correctable;
  $("#correct").hidden = !works;
  $("#add-row").hidden = !works || person.histories.length > MOST_ROWS;
  for (const way of ["#edit a", "#correct a", "#add-row a", "#judge"]) withQuery($(way), { id });
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
      await load();
      reveal($("#saved"));
    },
  });
}
