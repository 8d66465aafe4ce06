// The console's first page: what waits for this role, how far the institution is, what one may do.

import { api, apiPath } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $, fill, rows, withQuery } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { showProblem } from "../../core/problems.js";
import { showNotice } from "../../institutions/publication.js";
import { fetchRound } from "../../institutions/round.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { link } from "../../core/texts.js";
import { progressOf, waitingFor } from "../../institutions/waiting.js";
import { mayOpen } from "../../session/ways.js";

const me = await whoAmI();
const code = institutionOf(me);
startCountdown(code);
if (me.role === "admin") showNotice(code);
askOwnNik();
try {
  const [progress, round, cases, reclaims] = await Promise.all([
    progressOf(code),
    fetchRound(code),
    mayOpen(me, "/instansi/laporan/") ? api("GET", apiPath`announcements/institutions/${code}/cases/count`) : null,
    mayOpen(me, "/instansi/perbaikan/") ? api("GET", apiPath`registration/institutions/${code}/reclaims`) : null,
  ]);
  showProgress(progress);
  showWaiting(waitingFor(me, { progress, round, cases, reclaims }));
} catch (problem) {
  showProblem(problem);
}

/** Whoever signs in with a NIP is asked once whether he is listed himself; it stands in the way of nothing. */
async function askOwnNik() {
  const said = await api("GET", "registration/me/profile").catch(() => null);
  $("#declare").hidden = !said || said.signs_in_with_nik || said.own_nik_declared !== null;
}

/** @param {registration.Progress} progress */
function showProgress(progress) {
  fill(document, { progress });
  const states = Object.entries(progress.by_state).map(([state, count]) => ({ state, count }));
  rows("states", states.filter(({ count }) => Number(count) > 0), {
    each: (element, item) => withQuery($("[data-link]", element), { state: item.state }),
  });
}

/** @param {import("../../institutions/waiting.js").Wait[]} waits */
function showWaiting(waits) {
  const scoped = Boolean(me.units?.length);
  const told = waits.map(({ count, more, words, path }) => ({ words, link: link(path), count: count === null ? "" : number(count) + (more ? "+" : "") }));
  rows("waits", told);
  $("#scoped").hidden = !scoped || !waits.some(({ count }) => count !== null);
}
