// A request to put something right: field by field, with its evidence.

import { paperPath } from "../core/api.js";
import { $, rows } from "../core/dom.js";
import { fieldName, fieldValue } from "./fields.js";

/** @typedef {registration.RequestView} Asked */
/** @typedef {registration.AskedFieldView} Field */

/**
 * Fill a request's fields and papers within its element.
 * @param {HTMLElement} element @param {Asked} request
 * @param {(element: HTMLElement, field: Field) => void} [each] finishes a field
 */
export function showRequest(element, request, each) {
  const fields = request.fields.map((field) => ({
    ...field,
    called: fieldName(field.name),
    before_shown: fieldValue(field.name, field.before),
    now_shown: fieldValue(field.name, field.now),
    wanted_shown: fieldValue(field.name, field.wanted),
    moved: field.now !== field.before && field.now !== field.wanted,
    yes: field.accepted === true,
    no: field.accepted === false,
  }));
  rows("fields", fields, { within: element, each });
  rows("papers", request.files, { within: element, each: opener });
}

/** @param {HTMLElement} element @param {registration.FileView} file */
function opener(element, file) {
  const anchor = $("[data-open]", element);
  anchor.hidden = file.state !== "DITERIMA";
  anchor.setAttribute("href", paperPath(file.id));
}
