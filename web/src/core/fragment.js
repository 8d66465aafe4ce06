// Markup of this site that no page carries before somebody needs it.

import { link } from "./texts.js";

/** @type {Map<string, Promise<string>>} */
const fetched = new Map();

/** A fragment in the page's language (web/site/build.py, FRAGMENTS). @param {string} path @returns {Promise<string>} */
export function fragment(path) {
  const coming = fetched.get(path) ?? ask(path);
  fetched.set(path, coming);
  coming.catch(() => fetched.delete(path));
  return coming;
}

/** @param {string} path */
async function ask(path) {
  const answer = await fetch(link(path));
  if (!answer.ok) throw new TypeError("no fragment");
  return answer.text();
}
