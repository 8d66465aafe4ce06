// The presigned POST to the bucket, with progress, tried again while the connection comes and goes.

import { api, Problem } from "./api.js";
import { text } from "./texts.js";

const TRIES = 6;

/**
 * @typedef {{url: string, fields: Record<string, string>}} Target what a service signed
 * @typedef {{id: string} & Record<string, any>} Intent
 */

/**
 * Ask for a place and send the file there. A signed place is asked for anew at each try: it may have run out.
 * @param {() => Promise<{intent: Intent, target: Target}>} ask
 * @param {Blob} blob
 * @param {{progress: (percent: number) => void, waiting: () => void}} tell
 * @returns {Promise<Intent>}
 * @throws {Problem} the service or the bucket refuses, or the tries are used up
 */
export async function transfer(ask, blob, tell) {
  for (let attempt = 0; ; attempt++) {
    try {
      await online(tell.waiting);
      const { intent, target } = await ask();
      await post(target, blob, tell.progress);
      return intent;
    } catch (problem) {
      if (!(problem instanceof Problem) || !passing(problem) || attempt + 1 >= TRIES) throw problem;
      tell.waiting();
      await pause(Math.min(30_000, 500 * 2 ** attempt) * (0.5 + Math.random()));
    }
  }
}

/** Whether trying again may help. @param {Problem} problem */
const passing = (problem) => problem.type === "network" || problem.status >= 500 || problem.status === 429;

/** @param {() => void} waiting */
async function online(waiting) {
  if (navigator.onLine) return;
  waiting();
  await new Promise((back) => addEventListener("online", back, { once: true }));
}

/** @param {number} milliseconds */
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

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
    request.onload = () => (request.status < 300 ? done() : failed(refused(request)));
    request.onerror = request.ontimeout = () =>
      failed(new Problem({ type: "network", title: text("network_title"), detail: text("network") }));
    request.send(data);
  });
}

/** What the bucket says, as a problem; its own words are XML in English. @param {XMLHttpRequest} request */
function refused(request) {
  const code = /<Code>(\w+)<\/Code>/.exec(request.responseText)?.[1] ?? "";
  return new Problem({ type: code || "bucket", status: request.status, title: text("unexpected_title"), detail: text("upload.failed") });
}

/**
 * Ask the documents service about an upload until it has been inspected.
 * @param {string} id
 * @param {boolean} guest whether there is no session to renew
 * @returns {Promise<{state: string, message?: string, hints?: {message: string}[]}>} DITERIMA, DITOLAK, or the last state after two minutes
 */
export async function inspected(id, guest) {
  const until = Date.now() + 120_000;
  for (let wait = 800; ; wait = Math.min(5000, wait * 1.4)) {
    const state = await api("GET", `documents/uploads/${encodeURIComponent(id)}`, { guest });
    if (["DITERIMA", "DITOLAK", "DIGANTI"].includes(state.state) || Date.now() > until) return state;
    await pause(wait);
  }
}
