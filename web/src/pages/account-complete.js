// Buat Akun, steps 2 and 3: Lengkapi Data and Periksa Kembali. One document, so that the password stays in memory.

import { api, keyed, Problem } from "../api.js";
import { confirmed } from "../confirm.js";
import { startCountdown } from "../countdown.js";
import { $, all, fill } from "../dom.js";
import { clearFaults } from "../errors.js";
import { bindForm } from "../form.js";
import { label, link, text } from "../texts.js";
import "../password.js";
import { startCaptcha } from "../pow.js";
import { showProblem } from "../problems.js";
import { bindUploads } from "../upload.js";

const STEPS = { complete: "/akun/lengkapi/", review: "/akun/periksa/" };
const form = /** @type {HTMLFormElement} */ ($("#form"));
const create = /** @type {HTMLButtonElement} */ ($("#create"));
const title = document.title.split(" – ").at(-1);
const files = /** @type {Record<string, string>} */ ({});
/** Whose enrolment this page is about, once it is known. */
let whose = "";
const send = keyed();

history.replaceState({ step: "complete" }, "", link(STEPS.complete));
try {
  start(await api("GET", "registration/enrolment", { guest: true }));
} catch (problem) {
  if (!over(problem) && !(problem instanceof Problem && problem.status === 404)) showProblem(problem);
  else expired();
}

/** Whether the enrolment has ended: after an hour, or because the account is made. @param {unknown} problem */
function over(problem) {
  return problem instanceof Problem && problem.status === 401;
}

/** @param {Record<string, any>} enrolment */
function start(enrolment) {
  if (enrolment.has_account) return location.replace(link("/akun/selesai/"));
  const captcha = startCaptcha();
  whose = enrolment.id;
  show("complete", false);
  startCountdown(enrolment.institution.code);
  for (const place of all("[data-enrolment]")) fill(place, enrolment);
  for (const file of enrolment.files ?? []) note(file.jenis, file.state);
  bindUploads(form, {
    id: enrolment.id,
    guest: true,
    files: enrolment.files,
    changed: note,
    refused: (problem) => over(problem) && expired(),
  });
  bindForm(form, {
    draft: false,
    check: lacking,
    send: async () => null,
    done: () => {
      history.pushState({ step: "review" }, "", link(STEPS.review));
      show("review");
    },
  });
  create.addEventListener("click", () => make(captcha));
  $("#back").addEventListener("click", () => history.back());
  $("#again").addEventListener("click", again);
  addEventListener("popstate", (event) => show(event.state?.step ?? "complete"));
}

/** An accepted file counts until a newer one is accepted. @param {string} jenis @param {string} state */
function note(jenis, state) {
  if (files[jenis] !== "DITERIMA") files[jenis] = state;
}

/** Files that still stand between the person and the account. */
function lacking() {
  return ["KTP", "FOTO"]
    .filter((jenis) => !["DITERIMA", "DIPERIKSA"].includes(files[jenis]))
    .map((jenis) => ({ field: jenis, message: text("upload.required", { label: label("files", jenis) }) }));
}

/** @param {"complete" | "review"} step @param {boolean} [move] whether the focus goes to the step's heading */
function show(step, move = true) {
  clearFaults();
  $("#expired").hidden = true;
  for (const name of Object.keys(STEPS)) $(`#${name}`).hidden = name !== step;
  const section = $(`#${step}`);
  document.title = `${section.dataset.title} – ${title}`;
  if (step === "review") {
    const words = (/** @type {string} */ jenis) => label("file_states", files[jenis]);
    fill(section, { ktp: words("KTP"), foto: words("FOTO"), password: "••••••••••••" });
  }
  scrollTo(0, 0);
  if (move) $("h1", section).focus();
}

/** @param {{token: () => Promise<string>, renew: () => void}} captcha */
async function make(captcha) {
  clearFaults();
  if (create.disabled || !(await confirmed("ask"))) return;
  create.disabled = true;
  try {
    const password = /** @type {HTMLInputElement} */ ($("#password")).value;
    const body = { password, captcha: await captcha.token() };
    const account = await send({ password }, (key) => api("POST", "registration/accounts", { body, key, guest: true }));
    sessionStorage.setItem("account", JSON.stringify({ nomor_registrasi: account.nomor_registrasi }));
    location.replace(link("/akun/selesai/"));
  } catch (problem) {
    captcha.renew();
    create.disabled = false;
    if (over(problem)) return expired();
    // A password that is refused is mended where it was typed.
    if (problem instanceof Problem && problem.fields.some(({ field }) => field === "password")) {
      history.replaceState({ step: "complete" }, "", link(STEPS.complete));
      show("complete", false);
    }
    showProblem(problem);
  }
}

/** Send to the identity check. Once something has been typed, that is in another tab: the steps are hidden, not gone. */
function expired() {
  for (const name of Object.keys(STEPS)) $(`#${name}`).hidden = true;
  $("#kept").hidden = !whose;
  if (whose) for (const check of all("a", $("#expired"))) check.setAttribute("target", "_blank");
  $("#expired").hidden = false;
  $("h1", $("#expired")).focus();
}

/** Go on where the enrolment ended, if the same person has a new one. */
async function again() {
  try {
    const enrolment = await api("GET", "registration/enrolment", { guest: true });
    if (enrolment.has_account || enrolment.id !== whose) location.reload();
    else show(history.state?.step ?? "complete");
  } catch (problem) {
    showProblem(problem);
  }
}
