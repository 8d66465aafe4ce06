// Whoever is signed in as a person sees whether he stands on this list, and his row marked; nobody is told what he sees.

import { hadSession, refreshed } from "../core/api.js";

const place = /** @type {HTMLElement} */ (document.querySelector("#own"));

/**
 * Of another institution's list nothing is said to him, and nothing while no service answers.
 * @param {(typed: string) => Promise<(string | null)[][]>} find looks for a registration number in the list's own files
 */
export async function showOwn(find) {
  const me = hadSession() ? await whoIsHere() : null;
  const number = me?.nomor_registrasi;
  if (!number || me.institution?.code !== place.dataset.institution) return;
  const [row] = (await find(number)).filter((found) => found[1] === number);
  const [name, , unit, job] = row ?? [];
  part(row ? "on" : "off").hidden = place.hidden = false;
  part("row").textContent = (name ? [number, name, unit, job] : [number]).join(" · ");
  mark(number);
  addEventListener("shown", () => mark(number));
}

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (place.querySelector(`[data-own=${name}]`));

/** @param {string} number */
function mark(number) {
  for (const row of document.querySelectorAll("main tbody tr")) {
    const [name, own] = row.querySelectorAll("td");
    if (own?.textContent !== number || row.hasAttribute("aria-current")) continue;
    row.setAttribute("aria-current", "true");
    const tag = document.createElement("strong");
    tag.className = "govuk-tag govuk-tag--green";
    tag.textContent = place.dataset.you ?? "";
    name.append(" ", tag);
  }
}

/** What registration says of whoever is signed in; not from which page it is asked. */
async function whoIsHere() {
  const ask = () => fetch("/api/registration/me", { cache: "no-store", referrerPolicy: "no-referrer" });
  const first = await ask();
  const answer = first.status === 401 && (await refreshed()) ? await ask() : first;
  return answer.ok ? answer.json() : null;
}
