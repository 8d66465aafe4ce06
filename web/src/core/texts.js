// The page's own words, from the JSON block at its end, and its language.

const block = document.getElementById("texts");
const texts = block ? JSON.parse(block.textContent ?? "{}") : {};

/** @type {string} */
export const language = document.documentElement.lang || "id";

/**
 * A text by dotted name, its {placeholders} filled.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function text(name, values = {}) {
  const found = lookup(name);
  if (typeof found !== "string") throw new Error(`no text ${name}`);
  return found.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

/**
 * The label of a code, or the code itself where no label is known.
 * @param {string} section
 * @param {string} code
 */
export function label(section, code) {
  const found = lookup(`${section}.${code}`);
  return typeof found === "string" ? found : code;
}

/** @param {string} name @returns {unknown} */
function lookup(name) {
  return name.split(".").reduce((at, key) => at?.[key], texts);
}

/**
 * The address of a page in the language of this one.
 * @param {string} path
 */
export const link = (path) => (language === "en" ? `/en${path}` : path);

/**
 * A value from the page's address.
 * @param {string} name
 */
export const query = (name) => new URLSearchParams(location.search).get(name) ?? "";

/** Go to another page of the site. @param {string} path */
export function go(path) {
  location.assign(link(path));
}

// The other language opens the same page on the same record.
for (const anchor of document.querySelectorAll("a[data-language]")) {
  anchor.setAttribute("href", (anchor.getAttribute("href") ?? "") + location.search);
}
