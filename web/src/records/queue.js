// The queue of verification: the next record, held for whoever takes it, and where one goes on from it.

import { api, apiPath } from "../core/api.js";
import { link } from "../core/texts.js";

/** What the queue may be narrowed by, as it stands in addresses; `antrean` says that somebody works through it. */
const FILTERS = ["unit", "state", "advice", "papers", "flag", "risk", "family", "kategori", "second"];

/** What is narrowed by, of this page's address. @returns {Record<string, string>} */
function filters() {
  const given = new URLSearchParams(location.search);
  return Object.fromEntries([...FILTERS, "shuffled"].flatMap((name) => (given.get(name) ? [[name, given.get(name) ?? ""]] : [])));
}

/** The page of the queue as it was narrowed. @param {Record<string, string>} [more] */
export const queuePage = (more = {}) => `${link("/instansi/antrean/")}?${new URLSearchParams({ ...filters(), ...more })}`;

/** The page on which a record is decided, out of the queue. @param {string} id */
const judgePage = (id) => `${link("/instansi/orang/putusan/")}?${new URLSearchParams({ ...filters(), antrean: "1", id })}`;

/**
 * Take the next record.
 * @param {string} institution
 * @returns {Promise<{page: string | null, busy: boolean}>} its page; none where nobody waits, or all are before others
 */
export async function takeNext(institution) {
  const { shuffled, ...others } = filters();
  const turn = await api("POST", apiPath`registration/institutions/${institution}/queue/turns`, { body: { ...others, shuffled: Boolean(shuffled) } });
  if (turn.id === null) return { page: null, busy: turn.busy };
  sessionStorage.setItem(`held:${turn.id}`, turn.until ?? "");
  return { page: judgePage(turn.id), busy: false };
}

/** Until when a record is held for this tab. @param {string} id */
export const heldUntil = (id) => sessionStorage.getItem(`held:${id}`);

/** Give a record back undecided. @param {string} institution @param {string} id */
export async function giveBack(institution, id) {
  await api("DELETE", apiPath`registration/institutions/${institution}/queue/turns/${id}`);
  sessionStorage.removeItem(`held:${id}`);
}
