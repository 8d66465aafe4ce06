// Buat Akun, steps 2 and 3: Lengkapi Data and Periksa Kembali. One document, so that the password stays in memory.

import { api, keyed, paperPath, Problem } from "../../core/api.js";
import { heard } from "../../core/clock.js";
import { confirmed } from "../../form/confirm.js";
import { startCountdown } from "../../time/countdown.js";
import { $, all, fill, withQuery } from "../../core/dom.js";
import { clearFaults, showFaults } from "../../core/errors.js";
import { bindForm } from "../../form/form.js";
import { startHour } from "../../time/hour.js";
import { faultOf, watchPassword } from "../../form/new-password.js";
import { label, link, text } from "../../core/texts.js";
import "../../form/password.js";
import { startCaptcha } from "../../form/pow.js";
import { showProblem } from "../../core/problems.js";
import { bindUploads } from "../../upload/controls.js";

const STEPS = { complete: "/akun/lengkapi/", review: "/akun/periksa/" };
const form = /** @type {HTMLFormElement} */ ($("#form"));
const password = /** @type {HTMLInputElement} */ ($("#password"));
const create = /** @type {HTMLButtonElement} */ ($("#create"));
const title = document.title.split(" – ").at(-1);
const files = /** @type {Record<string, string>} */ ({});
/** The accepted ones. */
const papers = /** @type {Record<string, string>} */ ({});
/** Whose enrolment this page is about, once it is known. */
let whose = "";
let called = "";
/** What backs the account; asked for with the review only. @type {typeof import("../../session/backing.js") | null} */
let backing = null;
/** The field that is to be changed, on the way back from the review. */
let wanted = "";
const send = keyed();

history.replaceState({ step: "complete" }, "", link(STEPS.complete));
try {
  start(await enrolled());
} catch (problem) {
  if (!over(problem) && !(problem instanceof Problem && problem.status === 404)) showProblem(problem);
  else expired();
}

async function enrolled() {
  const asked = Date.now();
  const enrolment = await api("GET", "registration/enrolment", { guest: true });
  heard(enrolment.now, asked);
  return enrolment;
}

/** Whether the enrolment has ended: after an hour, or because the account is made. @param {unknown} problem */
function over(problem) {
  return problem instanceof Problem && problem.status === 401;
}

/** @param {registration.EnrolmentView} enrolment */
function start(enrolment) {
  if (enrolment.has_account) return location.replace(link("/akun/selesai/"));
  const captcha = startCaptcha();
  whose = enrolment.id;
  called = enrolment.nama;
  withQuery($("#differs"), { instansi: enrolment.institution.code });
  show("complete", false);
  take(enrolment);
  startCountdown(enrolment.institution.code);
  import("../../core/contact.js").then(({ showContact }) => showContact(enrolment.institution.code));
  for (const place of all("[data-enrolment]")) fill(place, enrolment);
  for (const file of enrolment.files ?? []) note(file.jenis, file.state, file.openable ? file.id : "");
  watchPassword(password, $("#password-status"), () => called);
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
    send: (body) => api("PATCH", "registration/enrolment", { body, guest: true }).catch(ended),
    done: (contact) => contact && review(contact),
  });
  create.addEventListener("click", () => make(captcha));
  $("#back").addEventListener("click", () => history.back());
  $("#again").addEventListener("click", again);
  for (const anchor of all("[data-change]")) anchor.addEventListener("click", change);
  addEventListener("popstate", (event) => show(event.state?.step ?? "complete"));
}

/** Take over what an enrolment brings: the contact that was typed last, and the time there is. @param {registration.EnrolmentView} enrolment */
function take({ contact, expires_at: until }) {
  for (const [name, value] of Object.entries(contact ?? {})) /** @type {HTMLInputElement} */ ($(`#${name}`)).value = String(value);
  fill($("#review"), { contact });
  startHour(until, () => create.disabled || expired());
}

/** An accepted file counts until a newer one is accepted. @param {string} jenis @param {string} state @param {string} id */
function note(jenis, state, id) {
  if (files[jenis] !== "DITERIMA") files[jenis] = state;
  if (state === "DITERIMA") papers[jenis] = id;
}

/** What still stands between the person and the review, as far as the page can tell. */
function lacking() {
  const fault = password.value && faultOf(password.value, called);
  const missing = ["KTP", "FOTO"].filter((jenis) => !["DITERIMA", "DIPERIKSA"].includes(files[jenis]));
  return [
    ...(fault ? [{ field: "password", message: fault }] : []),
    ...missing.map((jenis) => ({ field: jenis, message: text("upload.required", { label: label("files", jenis) }) })),
  ];
}

/** @param {unknown} problem @returns {null} */
function ended(problem) {
  if (!over(problem)) throw problem;
  expired();
  return null;
}

/** On to the last step, with what backs the account by now. @param {registration.ContactView} contact as it is kept */
async function review(contact) {
  try {
    const enrolment = await enrolled().catch(ended);
    if (!enrolment) return;
    if (!backing) {
      backing = await import("../../session/backing.js");
      backing.bindBacking((call) => call.catch(ended));
    }
    take({ ...enrolment, contact });
    history.pushState({ step: "review" }, "", link(STEPS.review));
    show("review");
    await backing.showBacking({ ...enrolment, contact });
  } catch (problem) {
    showProblem(problem);
  }
}

/** Back to one of the answers, and from there forward again. @param {Event} event */
function change(event) {
  event.preventDefault();
  wanted = /** @type {HTMLElement} */ (event.currentTarget).dataset.change ?? "";
  history.back();
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
    fill(section, { ktp: words("KTP"), foto: words("FOTO") });
    for (const anchor of all("[data-paper]", section)) open(anchor);
  }
  scrollTo(0, 0);
  if (move) $(step === "complete" && wanted ? `#${wanted}` : `#${step} h1`).focus();
  wanted = "";
}

/** @param {HTMLElement} anchor to a file of a kind, on the review */
function open(anchor) {
  const id = papers[anchor.dataset.paper ?? ""];
  anchor.hidden = !id;
  if (id) anchor.setAttribute("href", paperPath(id));
}

/** @param {{token: () => Promise<string>, renew: () => void}} captcha */
async function make(captcha) {
  clearFaults();
  if (create.disabled) return;
  if (!backing?.isBacked()) return showFaults(text("error_title"), [{ message: text("backing.needed") }]);
  if (!(await confirmed("ask"))) return;
  create.disabled = true;
  try {
    const typed = { password: password.value };
    const { receiptsOf } = await import("../../upload/receipts.js");
    const receipts = receiptsOf(whose).map(({ receipt }) => receipt);
    const body = { ...typed, receipts, captcha: await captcha.token() };
    const account = await send(typed, (key) => api("POST", "registration/accounts", { body, key, guest: true }));
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
  for (const question of all("dialog[open]")) /** @type {HTMLDialogElement} */ (question).close();
  for (const name of Object.keys(STEPS)) $(`#${name}`).hidden = true;
  $("#left").hidden = true;
  $("#kept").hidden = !whose;
  if (whose) for (const check of all("a", $("#expired"))) check.setAttribute("target", "_blank");
  $("#expired").hidden = false;
  $("h1", $("#expired")).focus();
}

/** Go on where the enrolment ended, if the same person has a new one. */
async function again() {
  try {
    const enrolment = await enrolled();
    if (enrolment.has_account || enrolment.id !== whose) return location.reload();
    take(enrolment);
    show(history.state?.step ?? "complete");
  } catch (problem) {
    showProblem(problem);
  }
}
