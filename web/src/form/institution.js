// An institution by typing a part of its name: the directory of the public pages as suggestions of an input.

import { $ } from "../core/dom.js";

/** @type {Map<string, string>} code by what a suggestion says */
const known = new Map();

/** Offer them; where the directory cannot be had, the code of four digits may be typed. @param {HTMLInputElement} input */
export async function offerInstitutions(input) {
  input.setAttribute("list", "institutions");
  try {
    const response = await fetch("/pengumuman/index.json");
    if (!response.ok) return;
    const { items } = await response.json();
    for (const [code, name] of items) known.set(`${name} (${code})`, code);
    $("#institutions").append(...[...known.keys()].map((words) => new Option(words, words)));
  } catch {
    // No directory: the code is typed.
  }
}

/** What a suggestion says of a code; the code itself where it is not known. @param {string} code */
export const saidOf = (code) => [...known].find(([, known]) => known === code)?.[0] ?? code;

/**
 * The code of what was typed: a suggestion, a name as a whole, or the code itself; empty when it is none of them.
 * @param {string} typed
 */
export function codeOf(typed) {
  const words = typed.trim().toLowerCase();
  const [, code = ""] = /(?:^|\()(\d{4})\)?$/.exec(words) ?? [];
  if (code) return code;
  const named = [...known].filter(([said]) => said.toLowerCase().startsWith(`${words} (`));
  return words && named.length === 1 ? named[0][1] : "";
}
