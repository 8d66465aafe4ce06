// The interface calls a field otherwise than the page does, where one page has several forms.

import { Problem } from "../core/api.js";

/**
 * The same call, its faults named as this page calls its fields.
 * @template T
 * @param {Promise<T>} call @param {Record<string, string>} names by the interface's name
 */
export async function renamed(call, names) {
  try {
    return await call;
  } catch (problem) {
    if (problem instanceof Problem) {
      problem.fields = problem.fields.map((each) => ({ ...each, field: names[each.field] ?? each.field }));
    }
    throw problem;
  }
}
