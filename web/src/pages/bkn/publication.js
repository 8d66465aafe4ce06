// BKN on the rows of a sealed list that show their numbers only: look at the record, and release what is no personal number.

import { api } from "../../core/api.js";
import { confirmed } from "../../form/confirm.js";
import { $, fill, reveal, rows, tint, withQuery } from "../../core/dom.js";
import { instant } from "../../core/format.js";
import { bindForm } from "../../form/form.js";
import { showProblem } from "../../core/problems.js";
import { publicationPath, showPublication } from "../../institutions/publication.js";
import { fetchRound } from "../../institutions/round.js";
import { whoAmI } from "../../session/session.js";
import { query } from "../../core/texts.js";

const code = query("kode");
const form = /** @type {HTMLFormElement} */ ($("#form"));
const news = $("#news");

const me = await whoAmI();
withQuery($("[data-institution]"), { kode: code });
bindForm(form, {
  ask: () => confirmed("ask"),
  send: (body, key) => api("POST", `${publicationPath(code)}/releases`, { body, key }),
  done: async () => {
    form.reset();
    await load();
    news.textContent = news.dataset.saved ?? "";
    reveal(news);
  },
});
await load();

async function load() {
  try {
    const [round, publication] = await Promise.all([fetchRound(code), api("GET", publicationPath(code))]);
    fill(document, { name: `${round.code} ${round.name}` });
    show(publication);
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {announcements.PublicationView} publication */
function show(publication) {
  const withheld = publication.state === "DISUNTING";
  showPublication(publication, { kode: code });
  $("#publication").hidden = !withheld;
  $("#nothing").hidden = withheld;
  showForm(publication);
  $("#history").hidden = publication.releases.length === 0;
  rows("releases", publication.releases.map(worded), { each: tag });
  $("#loading").hidden = true;
}

/** The rows that still wait for somebody like the reader. @param {announcements.PublicationView} publication */
function showForm({ state, findings, releases }) {
  const settled = releases.filter((each) => each.released || each.approvals.some((one) => one.mine));
  const waiting = new Set(findings.map((each) => each.nomor_registrasi));
  for (const { nomor_registrasi } of settled) waiting.delete(nomor_registrasi);
  rows("numbers", [...waiting].map((number) => ({ number })));
  form.hidden = state !== "DISUNTING" || me.role !== "bkn" || waiting.size === 0;
}

/** A release with its reasons as one text. @param {announcements.ReleaseView} release */
function worded(release) {
  const reasons = release.approvals.map((each) => `${instant(each.at)}: ${each.reason}`);
  return { ...release, words: reasons.join(" · ") };
}

/** @param {HTMLElement} element @param {announcements.ReleaseView} release */
function tag(element, { released }) {
  const made = $(".govuk-tag", element);
  made.textContent = (released ? made.dataset.enough : made.dataset.notEnough) ?? "";
  tint(made, released ? "DITERIMA" : "DIKEMBALIKAN");
}
