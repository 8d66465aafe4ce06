// Step 2: contact, education, ijazah.

import { api } from "../api.js";
import { startCountdown } from "../countdown.js";
import { $, fill } from "../dom.js";
import { bindForm } from "../form.js";
import { startCaptcha } from "../pow.js";
import { showProblem } from "../problems.js";
import { whoAmI } from "../session.js";
import { go } from "../texts.js";
import { bindUploads } from "../upload.js";
import { prefill } from "../values.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const me = await whoAmI(["honorer"]);
startCountdown(me.institution?.code);
try {
  const biodata = await api("GET", "registration/me/biodata");
  fill(document, biodata);
  $("#thk2").hidden = me.kategori !== "THK-II";
  $("#again").hidden = ["KTP", "FOTO"].every((jenis) => me.files.some((/** @type {any} */ f) => f.jenis === jenis && f.state === "DITERIMA"));
  bindUploads(form, { id: me.id, files: me.files });
  bindForm(form, {
    captcha: startCaptcha(),
    send: (body) => api("PATCH", "registration/me/biodata", { body: { v: biodata.v, ...body } }),
    done: () => go("/pendataan/riwayat/"),
  });
  // After bindForm, which puts back what was typed before: that wins over what the service knows.
  prefill(form, biodata.editable);
} catch (problem) {
  showProblem(problem);
}
