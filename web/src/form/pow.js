// The security check: proof of work solved in the background from the moment the page opens (ALTCHA protocol, v2).

import { api, Problem } from "../core/api.js";
import { $ } from "../core/dom.js";
import { text } from "../core/texts.js";

/** A solution counts 20 minutes at the service; older than this it is made anew before it is sent. */
const FRESH = 15 * 60 * 1000;

/**
 * Start solving; the page's [data-captcha] block names the service and holds the status line.
 * @param {number} [effort] how many times the usual work the service asks for
 * @returns {{token: () => Promise<string>, renew: () => void}}
 */
export function startCaptcha(effort = 1) {
  const block = $("[data-captcha]");
  const status = $("[data-captcha-status]", block);
  const service = block.dataset.captcha ?? "";
  let made = 0;
  /** @type {Promise<string> | null} */
  let running = null;

  const start = () => {
    made = Date.now();
    status.textContent = text("captcha.working");
    running = solve(service, effort);
    running.then(
      () => (status.textContent = text("captcha.ready")),
      () => {
        status.textContent = text("captcha.failed");
        running = null;
      },
    );
    return running;
  };
  const renew = () => void start().catch(() => {});
  renew();
  return {
    token: () => (running && Date.now() - made < FRESH ? running : start()),
    renew,
  };
}

/**
 * Send what guessing may make dear. After many wrong tries, also of others, the service wants a proof of work first: then
 * once more with it, and the page's #proof says so in the form.
 * @template T
 * @param {HTMLFormElement} form
 * @param {(proof: {captcha?: string}) => Promise<T>} post
 */
export async function proven(form, post) {
  try {
    return await post({});
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.type !== "captcha-required") throw problem;
    const proof = $("#proof");
    if (!form.contains(proof)) $("[data-submit]", form).before(proof);
    proof.hidden = false;
    return post({ captcha: await startCaptcha(problem.effort).token() });
  }
}

/** @param {string} service @param {number} effort @returns {Promise<string>} the token that goes with the form */
async function solve(service, effort) {
  const challenge = await api("GET", `${service}/captcha${effort > 1 ? `?effort=${effort}` : ""}`, { guest: true });
  const solution = await search(challenge.parameters);
  return btoa(JSON.stringify({ challenge, solution }));
}

/** @param {object} parameters @returns {Promise<object>} */
async function search(parameters) {
  const count = Math.max(1, Math.min(4, navigator.hardwareConcurrency || 1));
  const workers = Array.from({ length: count }, () => new Worker(new URL("./pow-worker.js", import.meta.url)));
  try {
    return await Promise.race(
      workers.map(
        (worker, offset) =>
          new Promise((found, failed) => {
            worker.onmessage = ({ data }) => found(data);
            worker.onerror = () => failed(new Problem({ type: "captcha", title: text("captcha.failed"), detail: text("captcha.failed") }));
            worker.postMessage({ parameters, offset, step: count });
          }),
      ),
    );
  } finally {
    for (const worker of workers) worker.terminate();
  }
}
