// Step 2: education, ijazah.

import { api, Problem } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $, fill } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { isHis, tellOutcome } from "../../records/outcome.js";
import { startCaptcha } from "../../form/pow.js";
import { showProblem } from "../../core/problems.js";
import { whoAmI } from "../../session/session.js";
import { go } from "../../core/texts.js";
import { bindUploads } from "../../upload/controls.js";
import { prefill } from "../../form/values.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const education = /** @type {HTMLFieldSetElement} */ ($("#education"));
/** Whether the service has said that the window is closed; it knows better than the schedule. */
let late = false;
const submit = $("[data-submit]", form);
const me = await whoAmI(["honorer"]);
tellOutcome(me);
allow(true);
startCountdown(me.institution?.code, ({ windows }) => allow(windows.find((each) => each.name === "DOSSIER")?.open ?? true));
document.addEventListener("windowclosed", () => allow(false));
try {
  const biodata = await api("GET", "registration/me/biodata");
  fill(document, biodata);
  $("#thk2").hidden = me.kategori !== "THK-II";
  $("#again").hidden = ["KTP", "FOTO"].every((jenis) => me.files.some((f) => f.jenis === jenis && f.state === "DITERIMA"));
  bindUploads(form, { id: me.id, files: me.files });
  bindForm(form, {
    captcha: startCaptcha(),
    send: (body, key) => api("PATCH", "registration/me/biodata", { body: { v: biodata.v, ...body }, key }).catch(refused),
    done: () => go("/pendataan/riwayat/"),
  });
  // After bindForm, which puts back what was typed before: that wins over what the service knows.
  prefill(form, biodata.editable);
} catch (problem) {
  showProblem(problem);
}

/** Education is changed in its window and while it is his only (domain.md, section 4). @param {boolean} open */
function allow(open) {
  education.disabled = late || !open || !isHis(me);
  $("#closed").hidden = !education.disabled;
  submit.hidden = education.disabled;
}

/** @param {unknown} problem @returns {never} */
function refused(problem) {
  late ||= problem instanceof Problem && problem.status === 410;
  if (late) allow(false);
  throw problem;
}
