// A record out of the queue: until when it is held, what was decided before it, and the ways on.

import { $, fill, withQuery } from "../core/dom.js";
import { showProblem } from "../core/problems.js";
import { giveBack, heldUntil, queuePage, takeNext } from "./queue.js";

/** Where this tab remembers what was decided last. */
const BEFORE = "decided";

let leaving = false;

/** Show what belongs to the queue on the page of this record. @param {string} institution @param {registration.PersonDetail} person */
export function work(institution, person) {
  const { id } = person;
  import("./spread.js").then(({ spread }) => spread(person)).catch(() => {});
  const back = $("#to-queue");
  back.hidden = false;
  $("a", back).setAttribute("href", queuePage());
  for (const way of ["#skip", "#give-back"]) $(way).hidden = false;
  $("#skip").addEventListener("click", () => next(institution));
  $("#give-back").addEventListener("click", () => leave(institution, id));
  const held = heldUntil(id);
  if (held) fill($("#held"), { held });
  $("#held").hidden = !held;
  const before = JSON.parse(sessionStorage.getItem(BEFORE) ?? "null");
  if (!before || before.id === id) return;
  fill($("#before"), { before });
  withQuery($("[data-again]", $("#before")), { id: before.id });
  $("#before").hidden = false;
}

/** Go on after a decision. @param {string} institution @param {{id: string, nama: string, state: string}} before */
export async function decided(institution, before) {
  sessionStorage.setItem(BEFORE, JSON.stringify(before));
  await next(institution);
}

/** The next record; where there is none, back to the queue's page, which says why. @param {string} institution */
export async function next(institution) {
  if (leaving) return;
  leaving = true;
  try {
    const { page, busy } = await takeNext(institution);
    location.assign(page ?? queuePage({ habis: busy ? "busy" : "empty" }));
  } catch (problem) {
    leaving = false;
    showProblem(problem);
  }
}

/** @param {string} institution @param {string} id */
async function leave(institution, id) {
  try {
    await giveBack(institution, id);
    location.assign(queuePage());
  } catch (problem) {
    showProblem(problem);
  }
}
