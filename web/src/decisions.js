// Which decisions a verifikator has in which state (the table of states; the service decides).

/** @type {Record<string, string[]>} */
const FROM = {
  TERDAFTAR: ["MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"],
  AKUN_DIBUAT: ["MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"],
  DIAJUKAN: ["MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT", "DIKEMBALIKAN"],
  MEMENUHI_SYARAT: ["DIKEMBALIKAN"],
  TIDAK_MEMENUHI_SYARAT: ["DIKEMBALIKAN"],
};

/** @param {string} state @returns {string[]} */
export const decisionsFrom = (state) => FROM[state] ?? [];
