// Approving many records of the queue together: those whose papers were opened in this tab, and leave nothing to say.

import { api, apiPath } from "../core/api.js";
import { $, fill, reveal, rows, withQuery } from "../core/dom.js";
import { clearFaults } from "../core/errors.js";
import { showProblem } from "../core/problems.js";
import { confirmed } from "../form/confirm.js";
import { bindForm } from "../form/form.js";
import { of, people } from "./openings.js";

/** Records of one request, as the service takes them. */
const MOST = 50;
/** Nobody is told again of those on which he has decided. */
const DECIDED = ["MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"];

/**
 * Bind the section.
 * @param {string} institution
 * @param {() => void} done goes on after some were approved
 * @returns {() => Promise<void>} looks which records may be approved now
 */
export function together(institution, done) {
  const path = apiPath`registration/institutions/${institution}/approvals`;
  /** @type {registration.CandidateView[]} */
  let ready = [];
  bindForm(/** @type {HTMLFormElement} */ ($("#together-form")), {
    draft: false,
    ask: () => confirmed("ask-together"),
    add: () => ({ items: ready.map(({ person, v }) => ({ person, v: v ?? 0, opened: of(person) })) }),
    send: ({ items }, key) => api("POST", path, { body: { items }, key }),
    done: ({ items }) => {
      tell(items, ready);
      done();
    },
  });
  return async () => {
    clearFaults();
    for (const part of ["#together-found", "#together-told", "#together-none"]) $(part).hidden = true;
    try {
      const found = await look(`${path}/preview`);
      ready = found.filter((each) => !each.why).slice(0, MOST);
      show(ready, found.filter((each) => each.why && !DECIDED.includes(each.state ?? "")));
    } catch (problem) {
      showProblem(problem);
    }
  };
}

/** Whatever was opened in this tab, until enough of it may be approved. @param {string} path @returns {Promise<registration.CandidateView[]>} */
async function look(path) {
  const opened = people();
  /** @type {registration.CandidateView[]} */
  const found = [];
  for (let at = 0; at < opened.length && found.filter((each) => !each.why).length < MOST; at += MOST) {
    const items = opened.slice(at, at + MOST).map((person) => ({ person, opened: of(person) }));
    const answer = /** @type {registration.CandidatesView} */ (await api("POST", path, { body: { items } }));
    found.push(...answer.items);
  }
  return found;
}

/** @param {registration.CandidateView[]} ready @param {registration.CandidateView[]} others */
function show(ready, others) {
  if (!ready.length && !others.length) return reveal($("#together-none"));
  fill($("#together"), { ready: ready.length, others: others.length });
  $("#together-form").hidden = $("#ready").hidden = ready.length === 0;
  rows("ready", ready, { each: lead });
  rows("others", others, { each: lead });
  $("#together-others").hidden = others.length === 0;
  reveal($("#together-found"));
}

/** What became of those that were confirmed. @param {registration.ApprovedView[]} items @param {registration.CandidateView[]} ready */
function tell(items, ready) {
  const names = new Map(ready.map(({ person, nama }) => [person, nama]));
  const left = items.filter((each) => each.why);
  fill($("#together-told"), { done: items.length - left.length, left: left.length });
  rows("left", left.map((each) => ({ ...each, nama: names.get(each.person) })), { each: lead });
  $("#together-found").hidden = true;
  reveal($("#together-told"));
}

/** @param {HTMLElement} element @param {{person: string}} item */
function lead(element, { person }) {
  withQuery($("[data-link]", element), { id: person });
}
