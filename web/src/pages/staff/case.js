// A case, as staff read, handle and decide it. What changes a record goes on to registration, unread.

import { api, apiPath, newKey, paperPath } from "../../core/api.js";
import { $, all, fill, rows } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { link, query } from "../../core/texts.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { choose } from "../../records/draft.js";
import { whoAmI } from "../../session/session.js";
import { showTold, tellNext } from "../../session/told.js";

const me = await whoAmI();
const code = me.institution?.code ?? query("kode");
const path = apiPath`announcements/institutions/${code}/cases/${query("nomor")}`;
const reasons = /** @type {HTMLSelectElement} */ ($("#reason"));
const known = [...reasons.options];
/** @type {announcements.CaseView} */
let shown;

$("[data-national]").hidden = Boolean(me.institution);
$("[data-office]").hidden = !me.institution;
$("#take").addEventListener("click", () => done(api("POST", `${path}/taking`, { body: { v: shown.v }, key: newKey() })));
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
    return decided.handover ? carryOut(decided.handover) : decided;
  },
  done: () => done(api("GET", path)),
});
bindForm(/** @type {HTMLFormElement} */ ($("#handed")), {
  send: ({ tanggal }, key) => api("POST", `${path}/handed-over`, { body: { v: shown.v, tanggal }, key }),
  done: show,
});
$("#notice").setAttribute("href", `/api/${path}/notice`);
await done(api("GET", path));

/** @param {Promise<announcements.CaseView>} asked */
async function done(asked) {
  try {
    show(await asked);
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {announcements.CaseView} view */
function show(view) {
  shown = view;
  fill(document, { ...view, joined_words: view.joined.join(", ") });
  rows("messages", view.messages);
  rows("files", view.files, { each: (element, file) => $("[data-paper]", element).setAttribute("href", paperPath(file.file)) });
  $("#hidden-reporter").hidden = view.reporter !== null;
  $("#reporter").hidden = view.reporter === null;
  $("#joined").hidden = view.joined.length === 0;
  $("#hearing").hidden = view.kind !== "TANGGAPAN" || !view.hearing_until;
  $("#unheard").hidden = !view.unheard || me.role === "auditor";
  $("#person").hidden = !view.person;
  if (view.person) lead(view.person);
  const decides = view.decidable && !view.noted_until;
  $("#acts").hidden = !decides;
  $("#take-part").hidden = view.mine;
  $("#decide").hidden = !(decides || view.overturnable);
  for (const lead of all("#decide [data-kind]")) lead.hidden = lead.dataset.kind !== view.kind;
  offerReasons();
  $("#shown").hidden = false;
  $("#loading").hidden = true;
}

/** The reasons that fit the kind and what was chosen. */
function offerReasons() {
  const chosen = /** @type {HTMLInputElement | undefined} */ (all("#decide input[name=accepted]:checked")[0]);
  const fits = `${shown?.kind}-${chosen?.value === "ya"}`.toLowerCase();
  reasons.replaceChildren(...known.filter(({ value, dataset }) => !value || (chosen && dataset.fits?.split(" ").includes(fits))));
}

/** Registration carries it out: an usulan becomes a draft, of others the verdict stands or is void. @param {string} handover */
async function carryOut(handover) {
  tellNext(shown.kind === "USULAN" ? await makeDraft(handover) : await decideOn(shown.person ?? "", handover));
  showTold();
}

/** @param {string} handover */
async function makeDraft(handover) {
  const body = await choose(code, handover);
  const made = await api("POST", apiPath`registration/institutions/${code}/case-drafts`, { body, key: newKey() });
  $("#person").hidden = false;
  lead(made.id);
  return [$("#decide").dataset.sent, made.message].filter(Boolean).join(" ");
}

/** What became of it: carried out, or of a keberatan first one's opinion. @param {string} person @param {string} handover */
async function decideOn(person, handover) {
  const path = apiPath`registration/institutions/${code}/people/${person}/case-decisions`;
  return (await api("POST", path, { body: { handover }, key: newKey() })).message;
}

/** @param {string} person */
function lead(person) {
  const page = me.role === "helpdesk" ? "/instansi/orang/langkah/" : "/instansi/orang/detail/";
  $("[data-person]").setAttribute("href", `${link(page)}?id=${person}&kode=${code}`);
}
