// Files on their way, kept on the device until the service has them: an upload survives a lost connection or tab.

/** After a day a file that never arrived is dropped: the phone may be somebody else's by then. */
const KEPT = 24 * 3600 * 1000;

/**
 * @typedef {object} Kept a chosen file, and how far it has got
 * @property {Blob} blob
 * @property {number} at when it was chosen
 * @property {string} key the idempotency key under which a place is asked for
 * @property {import("./transfer.js").Place} [place] what was promised
 */

/** @returns {Promise<IDBObjectStore>} @param {IDBTransactionMode} mode */
async function files(mode) {
  const request = indexedDB.open("unggahan", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("files");
  const database = await result(request);
  return database.transaction("files", mode).objectStore("files");
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {string} name @param {Kept} file */
export async function keepFile(name, file) {
  await result((await files("readwrite")).put(file, name));
}

/** @param {string} name @returns {Promise<Kept | null>} */
export async function keptFile(name) {
  const found = await result((await files("readonly")).get(name));
  if (!found) return null;
  if (Date.now() - found.at < KEPT) return found;
  await dropFile(name);
  return null;
}

/** @param {string} name */
export async function dropFile(name) {
  await result((await files("readwrite")).delete(name));
}

/** Drop all of them, on signing out. */
export async function forgetFiles() {
  await result((await files("readwrite")).clear());
}
