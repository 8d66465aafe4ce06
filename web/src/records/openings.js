// Which papers of a person were opened in this tab: documents' word for it, shown to whoever takes the decision.

const OPENINGS = "openings:";
/** @param {string} pid */
const keyOf = (pid) => `${OPENINGS}${pid}`;

/** @param {string} pid @returns {Record<string, string>} by the file's id */
const kept = (pid) => JSON.parse(sessionStorage.getItem(keyOf(pid)) ?? "{}");

/** Keep documents' word that a file was opened; the newest one stands, for it is good the longest. @param {string} pid @param {string} file @param {string} token */
export function keep(pid, file, token) {
  sessionStorage.setItem(keyOf(pid), JSON.stringify({ ...kept(pid), [file]: token }));
}

/** What to send beside a decision. @param {string} pid @returns {string[]} */
export const of = (pid) => Object.values(kept(pid));

/** Which files were opened. @param {string} pid @returns {Set<string>} */
export const filesOf = (pid) => new Set(Object.keys(kept(pid)));

/** Of whom papers were opened in this tab. @returns {string[]} */
export const people = () => Object.keys(sessionStorage).filter((key) => key.startsWith(OPENINGS)).map((key) => key.slice(OPENINGS.length));
