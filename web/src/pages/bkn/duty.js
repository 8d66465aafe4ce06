// The last evening at a glance: locks due and late, letters that wait, how the services answer; renewed as it is read.

import { api } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $, fill, rows, withQuery } from "../../core/dom.js";
import { duration, instant, number } from "../../core/format.js";
import { showProblem } from "../../core/problems.js";
import { label } from "../../core/texts.js";
import { answers, pause } from "../../core/watch.js";
import { serverNow } from "../../core/clock.js";
import { whoAmI } from "../../session/session.js";

const AGAIN = 10_000;
const away = $("#away");
const changed = $("#changed");
const unknown = $("#duty").dataset.unknown ?? "";
let last = "";

const me = await whoAmI();
startCountdown();
for (;;) await watch();

/** Shows what is answered until something fails; then what stands is called old, and it is asked again. */
async function watch() {
  try {
    for await (const duty of answers("finalization/duty")) {
      show(duty);
      if (me.role === "bkn") await showAccounts();
      while (document.hidden) await pause(1000); // nobody looks: nothing is asked
    }
  } catch (problem) {
    if ($("#duty").hidden) showProblem(problem);
    away.textContent = (away.dataset.words ?? "").replace("{time}", instant(new Date(serverNow()).toISOString()));
    away.hidden = $("#duty").hidden;
    await pause(AGAIN);
  }
}

/** @param {Answer<"GET finalization/duty">} duty */
function show(duty) {
  fill(document, duty);
  rows("late", duty.late.map((each) => ({ ...each, late_by: duration(each.seconds * 1000) })), {
    each: (element, item) => withQuery($("a", element), { kode: item.code }),
  });
  rows("closings", duty.closings);
  rows("services", duty.services.map(service));
  tell(duty);
  away.hidden = true;
  $("#loading").hidden = true;
  $("#duty").hidden = false;
}

/** Which of the accounts of staff wait for somebody of bkn: the way back in, and institutions without anybody. */
async function showAccounts() {
  const [{ items }, { waiting }] = await Promise.all([
    api("GET", "registration/invitations"),
    api("GET", "registration/applications-waiting"),
  ]);
  fill(document, { recoveries: items.length, applications: waiting });
}

/** @param {finalization.ServiceView} counts */
function service({ service: name, ...counts }) {
  const shown = Object.entries(counts).map(([what, count]) => [what, count === null ? unknown : number(count)]);
  return { name: label("services", name), ...Object.fromEntries(shown) };
}

/** Says the figures that call for somebody, when they have changed. @param {Answer<"GET finalization/duty">} duty */
function tell({ late_count: late, extensions, statements }) {
  const words = (changed.dataset.words ?? "")
    .replace("{late}", number(late))
    .replace("{extensions}", number(extensions.count))
    .replace("{statements}", number(statements.count));
  if (words !== last) changed.textContent = words;
  last = words;
}
