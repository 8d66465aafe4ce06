// Putting data into the page's own markup: no HTML is made in scripts, only filled.

import { colour, show } from "./format.js";

/** Characters in each of the blocks a seal's root is shown in. */
const BLOCK = 8;

/**
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement}
 */
export function $(selector, root = document) {
  const found = /** @type {HTMLElement | null} */ (root.querySelector(selector));
  if (!found) throw new Error(`no ${selector} in this page`);
  return found;
}

/**
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement[]}
 */
export const all = (selector, root = document) => [...root.querySelectorAll(selector)].map((e) => /** @type {HTMLElement} */ (e));

/**
 * The value under a dotted path, as "institution.name".
 * @param {any} data
 * @param {string} path
 */
const at = (data, path) => path.split(".").reduce((here, key) => here?.[key], data);

/**
 * Fill every place under `root` that names a value: data-text, data-show, data-href.
 * Paths the data do not know are left as they are, so that a page may be filled from several answers.
 * @param {ParentNode} root
 * @param {Record<string, any>} data
 */
export function fill(root, data) {
  for (const element of all("[data-text]", root)) {
    const path = element.dataset.text ?? "";
    if (!(path.split(".")[0] in data)) continue;
    const value = at(data, path);
    if (element.dataset.format === "root") element.replaceChildren(...blocks(value ?? ""));
    else element.textContent = show(value, element.dataset.format ?? "text");
    if (element.matches(".govuk-tag")) tint(element, value);
  }
  for (const element of all("[data-show]", root)) {
    const path = element.dataset.show ?? "";
    if (path.split(".")[0] in data) element.hidden = !at(data, path);
  }
  for (const element of all("[data-href]", root)) {
    const target = at(data, element.dataset.href ?? "");
    if (target) element.setAttribute("href", target);
  }
}

/** A root in blocks the eye can compare; copied, it is whole. @param {string} root */
function blocks(root) {
  return (root.match(new RegExp(`.{1,${BLOCK}}`, "g")) ?? []).map((part) => {
    const block = document.createElement("span");
    block.textContent = part;
    return block;
  });
}

/**
 * Colour a tag by its code; an empty one disappears.
 * @param {HTMLElement} element
 * @param {any} code
 */
export function tint(element, code) {
  element.className = `govuk-tag govuk-tag--${colour(String(code))}`;
  element.hidden = code === null || code === undefined || code === "";
}

/**
 * Make one element for each item from the page's <template data-row="name">.
 * @param {string} name
 * @param {Record<string, any>[]} items
 * @param {{each?: (element: HTMLElement, item: any) => void, append?: boolean, within?: ParentNode}} [options] within:
 *   where the list stands, if there are several
 */
export function rows(name, items, { each, append = false, within = document } = {}) {
  const list = $(`[data-rows="${name}"]`, within);
  const template = /** @type {HTMLTemplateElement} */ ($(`template[data-row="${name}"]`));
  const made = items.map((item) => {
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const element = /** @type {HTMLElement} */ (copy.firstElementChild);
    fill(copy, item);
    each?.(element, item);
    return element;
  });
  if (append) list.append(...made);
  else list.replaceChildren(...made);
  empty(name, list);
}

/** Show what stands for an empty list in its place. @param {string} name @param {HTMLElement} list */
function empty(name, list) {
  const none = list.childElementCount === 0;
  const words = document.querySelector(`[data-empty="${name}"]`);
  if (words instanceof HTMLElement) words.hidden = !none;
  const table = list.closest("table");
  if (table && words) table.hidden = none;
}

/**
 * Show an element and move the focus to it, for something new that the person must not miss.
 * @param {HTMLElement} element
 */
export function reveal(element) {
  element.hidden = false;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
}

/**
 * A link with one more value in its query.
 * @param {HTMLElement} element
 * @param {Record<string, string>} values
 */
export function withQuery(element, values) {
  const target = new URL(element.getAttribute("href") ?? "", location.href);
  for (const [key, value] of Object.entries(values)) target.searchParams.set(key, value);
  element.setAttribute("href", target.pathname + target.search);
}
