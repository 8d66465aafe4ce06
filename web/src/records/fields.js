// Fields of a record by their names: what they are called, and a value as it is read.

import { date, number, show } from "../core/format.js";
import { label, text } from "../core/texts.js";

const DAY = /^\d{4}-\d\d-\d\d$/;
/** Fields that choose from another field's list. @type {Record<string, string>} */
const LISTS = { pendidikan_sk: "pendidikan" };

/** @param {string} field */
export const fieldName = (field) => (field === "active" ? text("trail.active") : label("columns", field));

/** @param {string} field @param {string | number | boolean | null | undefined} stood */
export function fieldValue(field, stood) {
  if (stood === null || stood === undefined || stood === "") return text("trail.nothing");
  if (typeof stood === "boolean") return text(stood ? "trail.yes" : "trail.no");
  if (typeof stood === "number") return number(stood);
  return DAY.test(stood) ? date(stood) : show(stood, `option:${LISTS[field] ?? field}`);
}
