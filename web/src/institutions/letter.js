// The letter that a form of an institution may bring: uploaded beside it, named in what is sent once it is accepted.

import { bindUploads } from "../upload/upload.js";

/**
 * Wake the upload of a form's letter; returns what tells the id of the letter that was accepted last, or "".
 * @param {HTMLFormElement} form @param {string} code the institution
 */
export function takeLetter(form, code) {
  let letter = "";
  bindUploads(form, {
    id: `I${code}`,
    names: { instansi: code },
    changed: (_, state, file) => {
      letter = state === "DITERIMA" ? file : "";
    },
  });
  return () => letter;
}
