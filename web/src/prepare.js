// A chosen file made fit for its kind: photos become small JPEGs; what cannot be helped is said with its own figure.

import { size } from "./format.js";
import { shrink } from "./shrink.js";
import { text } from "./texts.js";

const JPEG = "image/jpeg";

/**
 * @typedef {object} Limits what a file of one kind must be, from the documents service's rules
 * @property {string[]} types content types
 * @property {number} most bytes
 * @property {number} least bytes
 * @property {number} side longest side of a picture in pixels
 */

/** The limits an upload control carries. @param {HTMLElement} control @returns {Limits} */
export function limitsOf({ dataset }) {
  const [most, least, side] = [dataset.most, dataset.least, dataset.side].map(Number);
  return { types: (dataset.types ?? "").split(" "), most, least, side };
}

/**
 * @param {File} file
 * @param {Limits} limits
 * @returns {Promise<Blob | string>} the file to send, or why it cannot be sent
 */
export async function prepare(file, limits) {
  const { types, most, least } = limits;
  let blob = /** @type {Blob} */ (file);
  if (file.type.startsWith("image/") && types.includes(JPEG) && !fits(file, limits)) {
    try {
      blob = await shrink(file, limits);
    } catch {
      return text("upload.unreadable");
    }
  }
  if (!types.includes(blob.type)) return text("upload.wrong_type", { types: types.map((type) => (type === JPEG ? "JPG" : "PDF")).join(", ") });
  if (blob.size > most) return text("upload.too_large", { size: size(blob.size), limit: size(most) });
  if (blob.size < least) return text("upload.too_small", { size: size(blob.size), limit: size(least) });
  return blob;
}

/**
 * Where a smallest size is asked for, a JPEG that fits goes as it is: made anew it might become too small.
 * @param {File} file @param {Limits} limits
 */
const fits = (file, { least, most }) => least > 1 && file.type === JPEG && file.size >= least && file.size <= most;
