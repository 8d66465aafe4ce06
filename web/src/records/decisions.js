// What a verifikator may decide in which state, and which verdicts need a reason (the service decides).

/** States a verdict can be given in, and those a record can be returned from. */
const OPEN = ["TERDAFTAR", "AKUN_DIBUAT", "DIAJUKAN", "DIKEMBALIKAN"];
const RETURNABLE = ["DIAJUKAN", "MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"];

/** @typedef {Pick<registration.DecidingView, "returnable" | "decidable_from" | "papers_missing" | "resting">} Deciding */
/** @typedef {"against" | "doubt" | "papers" | "unopened" | "always"} Cause why a verdict needs a reason */

/**
 * Whether verdicts can be given and the record returned, whether a return is missing only because the person could hardly
 * answer it any more, and whether a returned record still waits for its answer.
 * @param {{state: string, deciding: Deciding}} person
 */
export function decisionsOn({ state, deciding }) {
  const waits = deciding.decidable_from !== null;
  return {
    verdicts: OPEN.includes(state) && !waits,
    returns: RETURNABLE.includes(state) && deciding.returnable,
    tooLate: RETURNABLE.includes(state) && !deciding.returnable,
    waits,
  };
}

/**
 * Why a verdict on a criterion needs a reason; empty when it needs none.
 * @param {string} criterion
 * @param {string} verdict
 * @param {{advice: registration.AdviceView | null, deciding: Deciding}} person
 * @param {ReadonlySet<string>} opened ids of the papers that were opened
 * @returns {Cause[]}
 */
export function reasonsFor(criterion, verdict, { advice, deciding }, opened) {
  const advised = advice?.criteria.find((each) => each.criterion === criterion)?.advice;
  const rests = (/** @type {{criteria: string[]}} */ paper) => paper.criteria.includes(criterion);
  if (verdict === "TIDAK") return advised === "TIDAK" ? [] : advised === "LOLOS" ? ["against"] : ["always"];
  /** @type {[Cause, boolean][]} */
  const causes = [
    ["against", advised === "TIDAK"],
    ["doubt", advised === "PERLU_DITINJAU"],
    ["papers", deciding.papers_missing.some(rests)],
    ["unopened", deciding.resting.some((paper) => rests(paper) && !opened.has(paper.file))],
  ];
  return causes.filter(([, so]) => so).map(([cause]) => cause);
}
