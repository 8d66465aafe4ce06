// BKN on one institution: extension against a letter, decision on the SPTJM.

import { api } from "../api.js";
import { confirmed } from "../confirm.js";
import { $, all, reveal, rows, withQuery } from "../dom.js";
import { instant } from "../format.js";
import { bindForm } from "../form.js";
import { showProblem } from "../problems.js";
import { fetchRound, showRound } from "../round.js";
import { whoAmI } from "../session.js";
import { label, query, text } from "../texts.js";
import { values } from "../values.js";

const code = query("kode");
const path = `finalization/institutions/${encodeURIComponent(code)}`;
const extensionForm = /** @type {HTMLFormElement} */ ($("#extension-form"));
const sptjmForm = /** @type {HTMLFormElement} */ ($("#sptjm-form"));
const news = $("#news");
let version = 0;

await whoAmI(["bkn", "auditor"]);
withQuery($("#people"), { kode: code });
bind();
await load();

async function load() {
  try {
    show(await fetchRound(code));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {any} round */
function show(round) {
  showRound(round);
  rows("extensions", (round.extensions ?? []).map(extension));
  version = round.v;
  const waiting = round.sptjm.state === "DIUNGGAH";
  sptjmForm.hidden = !waiting;
  $("#sptjm-none").hidden = waiting || round.sptjm.state === "DITERIMA";
  $("#sptjm-file").hidden = !round.sptjm.file;
  if (round.sptjm.file) $("#sptjm-file a").setAttribute("href", `/api/documents/files/${encodeURIComponent(round.sptjm.file)}/link`);
  $("#loading").hidden = true;
  $("#round").hidden = false;
}

/** @param {any} given */
function extension(given) {
  const windows = Object.entries(given.windows ?? {}).map(([name, closes]) => `${label("windows", name)}: ${instant(/** @type {string} */ (closes))}`);
  return { words: [`${given.letter?.number ?? ""} (${given.letter?.date ?? ""})`, ...windows].join("; ") };
}

/** The windows that were given a new day, as instants in WIB. */
function moved() {
  const typed = values(extensionForm);
  return Object.fromEntries(
    all("[data-time]", extensionForm)
      .filter((time) => typed[time.dataset.time ?? ""])
      .map((time) => {
        const name = time.dataset.time ?? "";
        const [hours, minutes = "00"] = /** @type {HTMLInputElement} */ (time).value.trim().replace(".", ":").split(":");
        return [name, `${typed[name]}T${hours.padStart(2, "0")}:${minutes.padStart(2, "0")}:00+07:00`];
      }),
  );
}

function bind() {
  bindForm(extensionForm, {
    ask: () => confirmed("ask"),
    check: () => (Object.keys(moved()).length ? [] : [{ field: "VERIFICATION", message: text("round.no_window") }]),
    send: ({ letter_number, letter_date }, key) =>
      api("POST", `${path}/extensions`, { body: { v: version, windows: moved(), letter: { number: letter_number, date: letter_date } }, key }),
    done: () => said(news.dataset.extended),
  });
  bindForm(sptjmForm, {
    send: ({ decision, reason = "" }, key) => api("POST", `${path}/sptjm/decision`, { body: { v: version, decision, reason: reason || null }, key }),
    done: () => said(news.dataset.decided),
  });
}

/** @param {string} [words] */
async function said(words = "") {
  extensionForm.reset();
  await load();
  news.textContent = words;
  reveal(news);
}
