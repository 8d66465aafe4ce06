// Receipts of files that were sent and are not inspected yet: shown at the last step, they let in whoever sent in time.

const NAME = "kuitansi";
/** After a day a file has been inspected, or it never came. */
const KEPT = 24 * 3600 * 1000;

/** @typedef {{whose: string, receipt: string, jenis: string, riwayat: string | null, at: number}} Receipt */

/** @returns {Record<string, Receipt>} by the file's id */
function kept() {
  try {
    const all = Object.entries(JSON.parse(localStorage.getItem(NAME) ?? "{}"));
    return Object.fromEntries(all.filter(([, { at }]) => Date.now() - at < KEPT));
  } catch {
    return {};
  }
}

/** @param {Record<string, Receipt>} all */
function keep(all) {
  try {
    localStorage.setItem(NAME, JSON.stringify(all));
  } catch {
    // A browser that keeps nothing: its person submits once the file has been inspected.
  }
}

/** @param {string} file its id @param {Omit<Receipt, "at">} receipt */
export function keepReceipt(file, receipt) {
  keep({ ...kept(), [file]: { ...receipt, at: Date.now() } });
}

/** Of a file that has come to rest nothing need be shown. @param {string} file its id */
export function dropReceipt(file) {
  const { [file]: _, ...others } = kept();
  keep(others);
}

/**
 * The newest file of this kind that somebody sent, by its id.
 * @param {string} whose @param {string} jenis @param {string | null} riwayat @returns {string | undefined}
 */
export function receiptFor(whose, jenis, riwayat) {
  const own = Object.entries(kept()).filter(([, one]) => one.whose === whose && one.jenis === jenis && one.riwayat === riwayat);
  return own.sort(([, one], [, other]) => other.at - one.at)[0]?.[0];
}

/** The newest ones of a person, as many as a request may carry. @param {string} whose @returns {Receipt[]} */
export function receiptsOf(whose) {
  const own = Object.values(kept()).filter((receipt) => receipt.whose === whose);
  return own.sort((one, other) => other.at - one.at).slice(0, 60);
}
