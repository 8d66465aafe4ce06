// Which decisions a verifikator has in which state (the table of states; the service decides).

/** @type {Record<string, string[]>} */
const FROM = {
  TERDAFTAR: ["MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"],
  AKUN_DIBUAT: ["MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"],
  DIAJUKAN: ["MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT", "DIKEMBALIKAN"],
  MEMENUHI_SYARAT: ["DIKEMBALIKAN"],
  TIDAK_MEMENUHI_SYARAT: ["DIKEMBALIKAN"],
};

const RETURN = "DIKEMBALIKAN";

/**
 * What may be decided, and whether a return is missing among it only because the person could not answer it any more.
 * @param {{state: string, dossier_closed: boolean}} person
 */
export function decisionsOn({ state, dossier_closed: closed }) {
  const drawn = FROM[state] ?? [];
  return { may: drawn.filter((each) => each !== RETURN || !closed), tooLate: closed && drawn.includes(RETURN) };
}
