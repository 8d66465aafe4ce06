// Files on their way, kept on the device until the service has them: an upload survives a lost connection or tab.

/** After a day a file that never arrived is dropped: the phone may be somebody else's by then. */
const KEPT = 24 * 3600 * 1000;

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

/** @param {string} key @param {Blob} blob */
export async function putBlob(key, blob) {
  await result((await files("readwrite")).put({ blob, at: Date.now() }, key));
}

/** @param {string} key @returns {Promise<Blob | null>} */
export async function getBlob(key) {
  const found = await result((await files("readonly")).get(key));
  if (!found) return null;
  if (Date.now() - found.at < KEPT) return found.blob;
  await dropBlob(key);
  return null;
}

/** @param {string} key */
export async function dropBlob(key) {
  await result((await files("readwrite")).delete(key));
}

/** Drop all of them, on signing out. */
export async function forgetBlobs() {
  await result((await files("readwrite")).clear());
}
