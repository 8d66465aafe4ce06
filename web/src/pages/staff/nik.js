// Perbaikan NIK of one person: asked with what the KTP says, decided by an admin who reads the KTP himself.

import { api, apiPath, paperPath } from "../../core/api.js";
import { $, all, fill, reveal, rows, withQuery } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { query } from "../../core/texts.js";
import { bindForm } from "../../form/form.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";

const me = await whoAmI();
const id = query("id");
const record = apiPath`registration/institutions/${institutionOf(me)}/people/${id}`;
const path = `${record}/nik-correction`;
const enters = ["operator", "admin"].includes(me.role);
const OFF_THE_ROSTER = ["DIHAPUS", "PINDAH"];
/** What was last read. */
let shown = /** @type {registration.NikCorrectionView} */ ({});
startCountdown(institutionOf(me));
for (const back of all(".govuk-back-link, #no-ktp a")) back.setAttribute("href", back.getAttribute("href") + location.search);
if (query("done")) tell("corrected");
await load();
bind();

async function load() {
  try {
    show(await api("GET", path));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.NikCorrectionView} view */
function show(view) {
  shown = view;
  const { asked, ktp, own_record: own, state, went_to: next, came_from: before } = view;
  const works = enters && !own && !OFF_THE_ROSTER.includes(state);
  fill(document, { ...view, alone: asked?.held_by && !asked.swapped });
  rows("warnings", asked?.warnings ?? []);
  lead("#went-to", next);
  lead("#came-from", before);
  lead("#held-by", asked?.held_by);
  $("#work").hidden = !works;
  $("#ktp").hidden = !ktp;
  if (ktp) $("#ktp a").setAttribute("href", paperPath(ktp));
  $("#no-ktp").hidden = Boolean(ktp);
  $("#asked").hidden = !asked;
  $("#ask-form").hidden = !works || Boolean(asked) || !ktp;
  $("#accept-form").hidden = !works || me.role !== "admin" || !asked || asked.mine;
  $("#other").hidden = !asked?.swapped;
  $("#drop").hidden = own || !asked || !(me.role === "admin" || (enters && asked.mine));
  $("#loading").hidden = true;
  $("#correction").hidden = false;
}

/** A link to another record; without one where it is none of the reader's. @param {string} selector @param {registration.OtherRecord | null | undefined} other */
function lead(selector, other) {
  $(selector).hidden = !other?.id;
  if (other?.id) withQuery($(selector), { id: other.id });
}

/** @param {"asked" | "dropped" | "corrected"} what */
function tell(what) {
  $("#saved").textContent = $("#saved").dataset[what] ?? "";
  reveal($("#saved"));
}

/** @param {string} selector @param {"asked" | "dropped"} what */
function afterwards(selector, what) {
  return async () => {
    /** @type {HTMLFormElement} */ ($(selector)).reset();
    await load();
    tell(what);
  };
}

function bind() {
  bindForm(/** @type {HTMLFormElement} */ ($("#ask-form")), {
    draft: false,
    send: (body, key) => api("POST", path, { body: { v: shown.v, ...body }, key }),
    done: afterwards("#ask-form", "asked"),
  });
  bindForm(/** @type {HTMLFormElement} */ ($("#drop-form")), {
    draft: false,
    send: (body, key) => api("DELETE", path, { body: { v: shown.v, reason: body.drop_reason }, key }),
    done: afterwards("#drop-form", "dropped"),
  });
  bindForm(/** @type {HTMLFormElement} */ ($("#accept-form")), {
    draft: false,
    send: (body, key) => api("POST", `${path}/acceptance`, { body: { v: shown.v, ...body }, key }),
    done: (/** @type {registration.NikCorrected} */ corrected) => {
      location.replace(`${location.pathname}?${new URLSearchParams({ id: corrected.id, done: "1" })}`);
    },
  });
}
