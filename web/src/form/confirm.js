// A question in a dialog: Ya or Tidak. Escape means Tidak.

import { $ } from "../core/dom.js";

/** How far apart the two taps of one double tap may be, in milliseconds: what desktop systems allow. */
const DOUBLE_TAP = 500;

let asking = false;
let deaf = 0;

/**
 * Ask, and wait for the answer. A double tap is one tap: its second half presses neither what the question has just
 * covered the page with, nor what lies beneath when it has gone. Whoever asks while a question stands is told no.
 * @param {string} id of the <dialog>
 * @returns {Promise<boolean>}
 */
export async function confirmed(id) {
  if (asking) return false;
  asking = true;
  const dialog = /** @type {HTMLDialogElement} */ ($(`#${id}`));
  const closed = new Promise((close) => dialog.addEventListener("close", close, { once: true }));
  dialog.addEventListener("submit", deafen, { once: true });
  dialog.returnValue = "";
  dialog.showModal();
  deafen();
  await closed;
  asking = false;
  return dialog.returnValue === "yes";
}

/** Let no pointer reach anything for a moment. The keyboard does: the focus stands on the question, not on an answer. */
function deafen() {
  clearTimeout(deaf);
  document.body.style.pointerEvents = "none";
  deaf = setTimeout(() => (document.body.style.pointerEvents = ""), DOUBLE_TAP);
}
