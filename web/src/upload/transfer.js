// The presigned POST to the bucket, with progress, tried again while the connection comes and goes.

import { apiPath, newKey, Problem } from "../core/api.js";
import { text } from "../core/texts.js";
import { answers, pause } from "../core/watch.js";

const TRIES = 6;

/**
 * @typedef {{url: string, fields: Record<string, string>}} Target what a service signed
 * @typedef {{id: string} & Record<string, any>} Intent
 * @typedef {{intent: Intent, target: Target, until: number}} Place `until`: when the form runs out, by this device's clock
 * @typedef {{blob: Blob, key: string, place?: Place}} Sending a file, the key under which its place is asked for, the place
 */

/**
 * Ask for a place and send the file there. A place that was promised is used again until its form runs out: whoever
 * asked in time may send, also when the connection broke and the window has closed meanwhile.
 * @param {(key: string) => Promise<{intent: Intent, target: Target, seconds: number}>} ask seconds: how long the form lives
 * @param {Sending} sending changed here: place and key
 * @param {{progress: (percent: number) => void, waiting: () => void, changed?: () => Promise<void>}} tell
 * @returns {Promise<Intent>}
 * @throws {Problem} the service or the bucket refuses, or the tries are used up
 */
export async function transfer(ask, sending, tell) {
  for (let attempt = 0; ; attempt++) {
    try {
      await online(tell.waiting);
      const { intent, target } = await placeFor(sending, ask, tell.changed);
      await post(target, sending.blob, tell.progress);
      return intent;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem instanceof Refused && problem.final) await leave(sending, tell.changed);
      if (!passing(problem) || attempt + 1 >= TRIES) throw problem;
      tell.waiting();
      await pause(Math.min(30_000, 500 * 2 ** attempt) * (0.5 + Math.random()));
    }
  }
}

/** @param {Sending} sending @param {Parameters<typeof transfer>[0]} ask @param {() => Promise<void>} [changed] */
async function placeFor(sending, ask, changed) {
  if (sending.place && Date.now() < sending.place.until) return sending.place;
  if (sending.place) await leave(sending, changed);
  const asked = Date.now();
  const { intent, target, seconds } = await ask(sending.key);
  sending.place = { intent, target, until: asked + seconds * 1000 };
  await changed?.();
  return sending.place;
}

/** The next place is another one: asked for under the same key, it would be this one. @param {Sending} sending @param {() => Promise<void>} [changed] */
async function leave(sending, changed) {
  delete sending.place;
  sending.key = newKey();
  await changed?.();
}

/** Whether trying again may help. @param {Problem} problem */
const passing = (problem) =>
  problem.type === "network" || problem.status >= 500 || problem.status === 429 || (problem instanceof Refused && problem.passing);

/** @param {() => void} waiting */
async function online(waiting) {
  if (navigator.onLine) return;
  waiting();
  await new Promise((back) => addEventListener("online", back, { once: true }));
}

/** @param {Target} target @param {Blob} blob @param {(percent: number) => void} progress @returns {Promise<void>} */
function post({ url, fields }, blob, progress) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  data.append("file", blob);
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = 600_000;
    request.upload.onprogress = (event) => event.lengthComputable && progress(Math.floor((event.loaded / event.total) * 100));
    request.onload = () => (request.status < 300 ? done() : failed(new Refused(request.status, request.responseText)));
    request.onerror = request.ontimeout = () =>
      failed(new Problem({ type: "network", title: text("network_title"), detail: text("network") }));
    request.send(data);
  });
}

/** What the bucket answers instead of taking the file, as a problem; its own words are XML in English. */
class Refused extends Problem {
  /** @param {number} status @param {string} answer */
  constructor(status, answer) {
    const code = /<Code>(\w+)<\/Code>/.exec(answer)?.[1] ?? "";
    const detail = text("upload.refused", { code: code || status });
    super({ type: code || "bucket", status, title: text("unexpected_title"), detail });
    const slow = code === "RequestTimeout";
    const expired = code === "ExpiredToken" || answer.includes("Policy expired");
    /** Whether the form will be refused again; what has no code was said by somebody between us and the bucket. */
    this.final = status < 500 && code !== "" && !slow;
    /** Whether sending again at once may help. */
    this.passing = slow || expired;
  }
}

/**
 * Ask the documents service about an upload until it has been inspected.
 * @param {string} id
 * @param {boolean} guest whether there is no session to renew
 * @returns {Promise<{state: string, message?: string, hints?: {message: string}[]}>} DITERIMA, DITOLAK, or the last state after two minutes
 */
export async function inspected(id, guest) {
  const until = Date.now() + 120_000;
  let last;
  for await (last of answers(apiPath`documents/uploads/${id}`, guest)) {
    if (["DITERIMA", "DITOLAK", "DIGANTI"].includes(last.state) || Date.now() > until) break;
  }
  return last;
}
