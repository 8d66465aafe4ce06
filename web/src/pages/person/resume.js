// Step 4: everything on one page, the statement, the submission.

import { api } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $, fill, rows } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { tellOutcome } from "../../records/outcome.js";
import { showPapers } from "../../records/papers.js";
import { showProblem } from "../../core/problems.js";
import { receiptsOf } from "../../upload/receipts.js";
import { whoAmI } from "../../session/session.js";
import { go, label, link } from "../../core/texts.js";

/** What an SK may be replaced by. */
const SK = ["SK", "SK_LEGALISIR", "SURAT_PERNYATAAN"];

/**
 * Whether a file on its way is what is missing.
 * @param {import("../../upload/receipts.js").Receipt} receipt @param {registration.Missing} missing
 */
function covers({ jenis, riwayat }, { code, riwayat: row = null }) {
  return riwayat === row && (jenis === code || (code === "SK" && SK.includes(jenis)));
}

/** Where something missing is put right. @param {registration.Missing} missing */
const remedy = ({ code, riwayat }) => link(`${label("missing_pages", code)}${riwayat ? `?id=${encodeURIComponent(riwayat)}` : ""}`);

const me = await whoAmI(["honorer"]);
tellOutcome(me);
startCountdown(me.institution?.code);
try {
  const resume = await api("GET", "registration/me/resume");
  const biodata = resume.biodata?.registered ? resume.biodata : { registered: resume.biodata, editable: resume.biodata };
  fill(document, { ...resume, biodata });
  const receipts = receiptsOf(me.id);
  const missing = resume.missing.filter((/** @type {registration.Missing} */ each) => !receipts.some((one) => covers(one, each)));
  rows("missing", missing.map((/** @type {registration.Missing} */ each) => ({ ...each, link: remedy(each) })));
  $("#missing").hidden = missing.length === 0;
  $("#on-their-way").hidden = missing.length === resume.missing.length;
  rows("histories", resume.histories);
  showPapers(resume.files, resume.histories);
  rows("advice", resume.advice?.criteria ?? []);
  $("#decided").hidden = me.outcome !== "DECIDED";
  $("#form").hidden = me.outcome !== "YOURS";
  $("#loading").hidden = true;
  $("#resume").hidden = false;
  bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
    send: ({ statement }, key) => {
      const body = { v: resume.v, statement, receipts: receipts.map(({ receipt }) => receipt) };
      return api("POST", "registration/me/submission", { body, key });
    },
    done: () => go("/pendataan/selesai/"),
  });
} catch (problem) {
  showProblem(problem);
}
