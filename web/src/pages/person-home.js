// Data Saya: where the record stands, what is left to do, what the rules say.

import { api, keyed } from "../api.js";
import { showChanges } from "../changes.js";
import { startCountdown } from "../countdown.js";
import { $, all, fill, rows } from "../dom.js";
import { showProblem } from "../problems.js";
import { whoAmI } from "../session.js";

const NEXT = {
  active: "/pendataan/aktif/",
  biodata: "/pendataan/biodata/",
  histories: "/pendataan/riwayat/",
  submitted: "/pendataan/resume/",
};

const send = keyed();
const me = await whoAmI(["honorer"]);
// The due date of the SPTJM is in the schedule from the seal on: then there is something to prove.
startCountdown(me.institution?.code, ({ windows }) => {
  $("#proof").hidden = !windows.some((/** @type {any} */ each) => each.name === "SPTJM");
});
const decided = ["MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"].includes(me.state);
show();

function show() {
  const decision = (me.decisions ?? []).at(-1);
  fill(document, { ...me, returned_reason: decision?.reason });
  $("#returned").hidden = !decision?.reason || decision.decision !== me.state;
  $("#decided").hidden = !decided || me.steps.submitted;
  showChanges(me.changes ?? []);
  steps();
  rows("progress", me.progress ?? []);
  rows("verdicts", me.verdicts?.criteria ?? []);
  rows("files", (me.files ?? []).filter((/** @type {any} */ file) => file.state !== "DIGANTI"));
  $("#withdraw").hidden = me.state !== "DIAJUKAN";
  $("#withdraw button").addEventListener("click", withdraw);
  $("#loading").hidden = true;
  $("#me").hidden = false;
}

function steps() {
  const open = ["AKUN_DIBUAT", "DIKEMBALIKAN"].includes(me.state);
  for (const item of all("[data-step]")) {
    const done = Boolean(me.steps[item.dataset.step ?? ""]);
    $("[data-done]", item).hidden = !done;
    // Who was decided on has nothing left that he must do.
    $("[data-todo]", item).hidden = done || decided;
  }
  const next = Object.keys(NEXT).find((step) => !me.steps[step]);
  const button = $("#next");
  const step = all("[data-step]").find((item) => item.dataset.step === next);
  button.hidden = !open || !step;
  if (step) button.setAttribute("href", $("a", step).getAttribute("href") ?? "");
}

async function withdraw() {
  const button = /** @type {HTMLButtonElement} */ ($("#withdraw button"));
  button.disabled = true;
  try {
    await send({}, (key) => api("POST", "registration/me/withdrawal", { body: { v: me.v }, key }));
    location.reload();
  } catch (problem) {
    button.disabled = false;
    showProblem(problem);
  }
}
