// A question in a dialog: Ya or Tidak. Escape means Tidak.

import { $ } from "./dom.js";

/**
 * @param {string} id of the <dialog>
 * @returns {Promise<boolean>}
 */
export function confirmed(id) {
  const dialog = /** @type {HTMLDialogElement} */ ($(`#${id}`));
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}
