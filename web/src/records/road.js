// The way of a record to the final list: each step with its date, or whose turn it is and until when.

import { $, rows } from "../core/dom.js";
import { instant } from "../core/format.js";
import { text } from "../core/texts.js";

const COLOURS = { DONE: "green", NOW: "blue", LATER: "grey", ABSENT: "red", PASSED: "grey" };

/** Fill the page's "road". @param {import("../session/session.js").Me} me */
export function showRoad({ institution, road }) {
  const steps = /** @type {registration.RoadStep[]} */ (road ?? []);
  const shown = steps.map((step) => ({ ...step, ...told(step, institution?.name ?? "") }));
  rows("road", shown, { each: colour });
}

/** The step that it is the turn of; the last one when all are over. @param {import("../session/session.js").Me} me */
export function roadNow({ road }) {
  const steps = /** @type {registration.RoadStep[]} */ (road ?? []);
  const step = steps.find(({ standing }) => standing === "NOW") ?? steps.at(-1);
  return step ? `${text(`road.${step.step}.title`)}: ${text(`road.standing.${step.standing}`)}` : "";
}

/** The step of the pre-final list once it was made, until the final one takes its place. @param {import("../session/session.js").Me} me */
export function latestPrefinal({ road }) {
  const steps = /** @type {registration.RoadStep[]} */ (road ?? []);
  const made = steps.filter(({ standing, step }) => ["DONE", "ABSENT"].includes(standing) && ["PREFINAL", "FINAL"].includes(step));
  return made.length === 1 && made[0].step === "PREFINAL" ? made[0] : undefined;
}

/** @param {registration.RoadStep} step @param {string} institution */
const told = ({ step, standing, at, until }, institution) => ({
  title: text(`road.${step}.title`),
  tag: text(`road.standing.${standing}`),
  said: text(`road.${step}.${standing}`, {
    institution,
    at: at ? instant(at) : text("road.undated"),
    until: until ? instant(until) : "",
  }),
});

/** @param {HTMLElement} element @param {registration.RoadStep} step */
function colour(element, { standing }) {
  $(".govuk-tag", element).className = `govuk-tag govuk-tag--${COLOURS[standing]}`;
}
