// Periksa Kembali: what shows that it is he – a code to his e-mail or phone, an activation sheet, or the counter.

import { api } from "../core/api.js";
import { $, all, fill, reveal } from "../core/dom.js";
import { bindForm } from "../form/form.js";
import { renamed } from "../form/renamed.js";
import { showProblem } from "../core/problems.js";
import { text } from "../core/texts.js";
import { forgetSheet, waitingSheet } from "./sheet.js";

/** By what the code on its way was sent. */
let channel = "email";
/** @type {registration.BackingView | null} */
let backing = null;

/** Whether an account may be made, as far as the page knows. */
export const isBacked = () => backing?.enough ?? false;

/** @param {(call: Promise<any>) => Promise<any>} guarded sends who has no enrolment any more to the check */
export function bindBacking(guarded) {
  for (const button of /** @type {HTMLButtonElement[]} */ (all("[data-send]"))) {
    button.addEventListener("click", () => send(button, guarded));
  }
  bindForm(/** @type {HTMLFormElement} */ ($("#code-form")), {
    draft: false,
    send: ({ contact_code: code }) =>
      guarded(post("registration/enrolment/contact-codes/confirmation", { channel, code }, { code: "contact_code" })),
    done: (answer) => backed(answer),
  });
  bindForm(/** @type {HTMLFormElement} */ ($("#sheet-form")), {
    draft: false,
    send: ({ sheet_code: code }) => guarded(post("registration/enrolment/sheet", { code }, { code: "sheet_code" })),
    done: (answer) => backed(answer),
  });
  $("#show-digits").addEventListener("click", () => digits(guarded));
  $("#seen").addEventListener("click", () => seen(guarded));
}

/** Show what there is to be done; the code of a sheet that came with the address is used first. @param {registration.EnrolmentView} enrolment */
export async function showBacking(enrolment) {
  const { contact, sms } = enrolment;
  fill($("#backing"), { contact, by_email: contact?.email, by_sms: sms && contact?.hp, by_none: !contact?.email && !(sms && contact?.hp) });
  if (enrolment.backing) backed(enrolment.backing, false);
  const waiting = waitingSheet();
  if (!waiting || isBacked()) return;
  try {
    backed(await post("registration/enrolment/sheet", { code: waiting }, { code: "sheet_code" }), false);
  } catch (problem) {
    $("#by-sheet").setAttribute("open", "");
    showProblem(problem);
  } finally {
    forgetSheet();
  }
}

/** @param {registration.BackingView | null} answer @param {boolean} [move] whether the focus goes to what is told */
function backed(answer, move = true) {
  if (!answer) return;
  backing = answer;
  $("#unbacked").hidden = answer.enough;
  $("#backed").hidden = !answer.enough;
  if (answer.enough && move) reveal($("#backed"));
}

/** @param {HTMLButtonElement} button @param {(call: Promise<any>) => Promise<any>} guarded */
async function send(button, guarded) {
  if (button.disabled) return;
  button.disabled = true;
  channel = button.dataset.send ?? "email";
  try {
    const sent = await guarded(post("registration/enrolment/contact-codes", { channel }));
    if (!sent) return;
    $("#code-sent").textContent = text("backing.sent", { seconds: sent.again_after });
    $("#code-form").hidden = false;
    $("#contact_code").focus();
    setTimeout(() => (button.disabled = false), sent.again_after * 1000);
  } catch (problem) {
    button.disabled = false;
    showProblem(problem);
  }
}

/** @param {(call: Promise<any>) => Promise<any>} guarded */
async function digits(guarded) {
  try {
    const shown = await guarded(post("registration/enrolment/counter-code", {}));
    if (!shown) return;
    fill($("#counter"), { digits: `${shown.digits.slice(0, 3)} ${shown.digits.slice(3)}` });
    $("#show-digits").hidden = true;
    reveal($("#counter"));
  } catch (problem) {
    showProblem(problem);
  }
}

/** Whether staff have typed the digits by now. @param {(call: Promise<any>) => Promise<any>} guarded */
async function seen(guarded) {
  try {
    const enrolment = await guarded(api("GET", "registration/enrolment", { guest: true }));
    if (!enrolment) return;
    backed(enrolment.backing);
    $("#not-seen").textContent = isBacked() ? "" : text("backing.not_seen");
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {string} path @param {object} body @param {Record<string, string>} [names] */
const post = (path, body, names = {}) => renamed(api("POST", path, { body, guest: true }), names);
