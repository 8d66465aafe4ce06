// Which decisions a verifikator has in which state, and what a reason must be given for (the service decides).

const YES = "MEMENUHI_SYARAT";
const NO = "TIDAK_MEMENUHI_SYARAT";
const RETURN = "DIKEMBALIKAN";

/** @type {Record<string, string[]>} */
const FROM = {
  TERDAFTAR: [YES, NO],
  AKUN_DIBUAT: [YES, NO],
  DIAJUKAN: [YES, NO, RETURN],
  DIKEMBALIKAN: [YES, NO],
  MEMENUHI_SYARAT: [RETURN],
  TIDAK_MEMENUHI_SYARAT: [RETURN],
};

/** @typedef {Pick<registration.DecidingView, "returnable" | "decidable_from" | "papers_missing">} Deciding */

/**
 * What may be decided, whether a return is missing among it only because the person could hardly answer it any more, and
 * whether a returned record still waits for its answer.
 * @param {{state: string, deciding: Deciding}} person
 */
export function decisionsOn({ state, deciding }) {
  const drawn = FROM[state] ?? [];
  const waits = deciding.decidable_from !== null;
  return {
    may: waits ? [] : drawn.filter((each) => each !== RETURN || deciding.returnable),
    tooLate: !deciding.returnable && drawn.includes(RETURN),
    waits,
  };
}

/**
 * Why a decision needs a reason, by the names of its words; empty when it needs none.
 * @param {string} decision
 * @param {{advice: {overall: string} | null, deciding: Deciding}} person
 */
export function reasonsFor(decision, { advice, deciding }) {
  const overall = advice?.overall;
  const against = (decision === YES && overall === "TIDAK") || (decision === NO && overall === "LOLOS");
  return [
    ...(decision === YES ? [] : ["always"]),
    ...(against ? ["against"] : []),
    ...(decision === YES && overall === "PERLU_DITINJAU" ? ["doubt"] : []),
    ...(decision === YES && deciding.papers_missing.length ? ["papers"] : []),
  ];
}
