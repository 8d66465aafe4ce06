// Salinan data dan berkas: asked for here, made elsewhere, fetched here for a day.

import { api, keyed } from "../../core/api.js";
import { $, all, fill } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { answers } from "../../core/watch.js";
import { whoAmI } from "../../session/session.js";

await whoAmI(["honorer"]);
const sections = all("[data-copy]");
try {
  await Promise.all(sections.map(begin));
  $("#loading").hidden = true;
  $("#copies").hidden = false;
} catch (problem) {
  showProblem(problem);
}

/** Show the latest copy of a kind, and go on watching one that is being made. @param {HTMLElement} section */
async function begin(section) {
  const send = keyed();
  const { latest } = await api("GET", path(section));
  $("[data-ask]", section).addEventListener("click", () => ask(section, send));
  if (latest) follow(section, latest);
}

/**
 * @param {HTMLElement} section
 * @param {ReturnType<typeof keyed>} send
 */
async function ask(section, send) {
  const button = /** @type {HTMLButtonElement} */ ($("[data-ask]", section));
  button.disabled = true;
  try {
    follow(section, await send({}, (key) => api("POST", path(section), { key })));
  } catch (problem) {
    button.disabled = false;
    showProblem(problem);
  }
}

/** @param {HTMLElement} section @param {registration.CopyView} copy */
async function follow(section, copy) {
  show(section, copy);
  if (copy.state !== "DIMINTA") return;
  try {
    for await (const now of answers(`${path(section)}/${copy.id}`)) {
      show(section, now);
      if (now.state !== "DIMINTA") return;
    }
  } catch (problem) {
    $("[data-ask]", section).removeAttribute("disabled");
    showProblem(problem);
  }
}

/** @param {HTMLElement} section @param {registration.CopyView} copy */
function show(section, copy) {
  fill(section, copy);
  for (const line of all("[data-state]", section)) line.hidden = line.dataset.state !== copy.state;
  $("[data-fetch]", section).hidden = copy.state !== "SIAP";
  for (const link of all("[data-form]", section)) link.setAttribute("href", `/api/${path(section)}/${copy.id}/${link.dataset.form}`);
  /** @type {HTMLButtonElement} */ ($("[data-ask]", section)).disabled = copy.state === "DIMINTA";
}

/** Where copies of a kind are asked for. @param {HTMLElement} section */
function path(section) {
  return section.dataset.api ?? "";
}
