// A chosen file made fit for its kind: photos become small JPEGs; what cannot be helped is said with its own figure.

import { size } from "../core/format.js";
import { shrink } from "./shrink.js";
import { text } from "../core/texts.js";

const JPEG = "image/jpeg";
const PDF = "application/pdf";
/** Where a PDF's header may begin (ISO 32000-2, annex I), in bytes. */
const HEAD = 1024;

/**
 * @typedef {object} Limits what a file of one kind must be, from the documents service's rules
 * @property {string[]} types content types
 * @property {number} most bytes
 * @property {number} least bytes below which a scan may be hard to read; 0 where it does not matter
 * @property {number} side longest side of a picture in pixels
 */

/** The limits an upload control carries. @param {HTMLElement} control @returns {Limits} */
export function limitsOf({ dataset }) {
  const [most, least, side] = [dataset.most, dataset.least, dataset.side].map(Number);
  return { types: (dataset.types ?? "").split(" "), most, least, side };
}

/**
 * What the file is, is read from its content: pickers leave `File.type` empty or guess it from the name.
 * @param {File} file
 * @param {Limits} limits
 * @returns {Promise<Blob | string>} the file to send, or why it cannot be sent
 */
export async function prepare(file, limits) {
  const { types, most } = limits;
  if (file.size === 0) return text("upload.empty");
  const kind = await kindOf(file);
  let blob = /** @type {Blob} */ (file);
  if (kind !== PDF && types.includes(JPEG) && !(kind === JPEG && fits(file, limits))) {
    try {
      blob = await shrink(file, limits);
    } catch {
      return kind === JPEG || file.type.startsWith("image/") ? text("upload.unreadable") : wrongType(types);
    }
  } else if (!types.includes(kind)) return wrongType(types);
  return blob.size > most ? text("upload.too_large", { size: size(blob.size), limit: size(most) }) : blob;
}

/** @param {File} file @returns {Promise<string>} a content type that is taken somewhere, or "" */
async function kindOf(file) {
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
  if (head.startsWith("\xff\xd8\xff")) return JPEG;
  return head.includes("%PDF-") ? PDF : "";
}

/** @param {string[]} types */
const wrongType = (types) => text("upload.wrong_type", { types: types.map((type) => (type === JPEG ? "JPG" : "PDF")).join(", ") });

/**
 * Where a small scan is hard to read, a JPEG that fits goes as it is: made anew it might become smaller than need be.
 * @param {File} file @param {Limits} limits
 */
const fits = (file, { least, most }) => least > 0 && file.size >= least && file.size <= most;
