// Calls to the four APIs: same origin, cookies, problem details (RFC 9457), one silent refresh of the session.

import { clearFaults, faultyCall } from "./errors.js";
import "./print.js";
import { language, link, text } from "./texts.js";

/** An answer that is not a success, or none at all (type "network", status 0). */
export class Problem extends Error {
  /** @param {Record<string, any>} content */
  constructor(content) {
    super(content.detail ?? content.title);
    this.type = String(content.type ?? "unexpected");
    this.status = Number(content.status ?? 0);
    this.title = String(content.title ?? "");
    this.detail = String(content.detail ?? "");
    /** @type {{field: string, code: string, message: string}[]} */
    this.fields = content.fields ?? [];
    /** @type {{code: string, text: string}[]} */
    this.missing = content.missing ?? [];
    this.requestId = content.request_id ?? "";
    this.retryAfter = Number(content.retry_after ?? 0);
    /** How many times the usual work `captcha-required` asks for. */
    this.effort = Number(content.effort ?? 1);
    /** Which call it answers, as "GET path". */
    this.call = "";
  }
}

/**
 * A path below /api/ in which each value is one segment, whatever it says: no crafted link leads a request elsewhere.
 * @param {TemplateStringsArray} parts
 * @param {string[]} values
 */
export const apiPath = (parts, ...values) => String.raw({ raw: parts }, ...values.map(segment));

/**
 * Nothing, a dot and two dots would be swallowed by the address: `-` is asked for, which nobody has, and the service says so.
 * @param {string} value
 */
const segment = (value) => encodeURIComponent(/^\.{0,2}$/.test(value) ? "-" : value);

/** Where the accepted copy of a file is opened. @param {string} id */
export const paperPath = (id) => `/api/${apiPath`documents/files/${id}/link`}`;

/**
 * @typedef {object} Options
 * @property {object} [body]
 * @property {string} [key] idempotency key
 * @property {boolean} [guest] the page is for people who are not signed in, so a 401 is an answer and not a reason to go
 *   to the sign-in page
 * @property {(seconds: number) => void} [wait] told in how many seconds what is under way may be asked for again, 0 where
 *   the service does not say
 */

/**
 * Call an API.
 * @template {string} M
 * @template {string} P
 * @param {M} method
 * @param {P} path below /api/, of `apiPath` where values stand in it
 * @param {Options} [options]
 * @returns {Promise<`${M} ${P}` extends keyof Answers ? Answers[`${M} ${P}`] : any>} the body, or null when there is none
 */
export async function api(method, path, options = {}) {
  const call = `${method} ${path.split("?")[0]}`;
  try {
    const answer = await asked(method, path, options);
    // What an earlier try of the same call complained of no longer holds.
    if (faultyCall() === call) clearFaults();
    return answer;
  } catch (problem) {
    if (problem instanceof Problem) problem.call = call;
    throw problem;
  }
}

/** @param {string} method @param {string} path @param {Options} options */
async function asked(method, path, options) {
  let response = await patient(method, path, options);
  if (response.status === 401 && !options.guest) {
    if (!(await refreshed())) return signIn();
    response = await send(method, path, options);
    if (response.status === 401) return signIn();
  }
  options.wait?.(retryAfter(response));
  return read(response);
}

/** Waits before something is sent again, where the service does not say how long. */
const AGAIN = [1000, 3000];
/** The longest wait, in seconds, that the page takes upon itself; of a longer one it tells the person. */
export const LONGEST = 10;
const PASSING = [502, 503, 504];

/**
 * Send, and send again by itself what a busy service turned away for a moment: a reading, and of writes those that were
 * refused before anybody received them (429) and carry a key.
 * @param {string} method @param {string} path @param {{body?: object, key?: string}} options
 */
async function patient(method, path, options) {
  for (const usual of AGAIN) {
    const response = await send(method, path, options);
    const reading = method === "GET";
    const passing = response.status === 429 ? reading || options.key : reading && PASSING.includes(response.status);
    const said = retryAfter(response);
    if (!passing || said > LONGEST || (response.status === 429 && !said)) return response;
    // Not all at once: those who were turned away together would come together again.
    const wait = (said * 1000 || usual) * (1 + Math.random() / 2);
    await new Promise((done) => setTimeout(done, wait));
  }
  return send(method, path, options);
}

/** Seconds, 0 when nothing is said; our services write no date. @param {Response} response */
const retryAfter = ({ headers }) => Number(headers.get("Retry-After")) || 0;

/** Milliseconds after which nobody answers any more. */
const PATIENCE = 45_000;

/** @param {string} method @param {string} path @param {{body?: object, key?: string}} options */
async function send(method, path, { body, key }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", "Accept-Language": language };
  if (body) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  try {
    return await fetch(`/api/${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      // Longer than any answer takes (API Gateway gives up after 29 s): whatever a page waits for comes to an end.
      signal: AbortSignal.timeout?.(PATIENCE),
      credentials: "same-origin",
    });
  } catch {
    throw new Problem({ type: "network", title: text("network_title"), detail: text("network") });
  }
}

/** What came, "" when the line was cut on the way. @param {Response} response */
const body = (response) => response.text().catch(() => "");

/** @param {Response} response */
async function read(response) {
  const words = response.status === 204 ? "" : await body(response);
  // 202: noted, and nothing more to say.
  if (!words && [202, 204].includes(response.status)) return null;
  let content = null;
  try {
    content = JSON.parse(words);
  } catch {
    // Not JSON: a proxy or a gateway answered in the service's place.
  }
  if (response.ok && content !== null) return content;
  throw new Problem({
    type: "unexpected",
    title: text("unexpected_title"),
    detail: text("unexpected"),
    ...content,
    // What API Gateway answers itself carries the words of each language but Indonesian under its name.
    ...content?.[language],
    status: response.status,
    retry_after: retryAfter(response),
  });
}

/**
 * Renew the session; several calls and several tabs share one renewal, because the refresh token turns at each use.
 * @returns {Promise<boolean>}
 */
export function refreshed() {
  const asked = Date.now();
  /** @returns {Promise<boolean>} */
  const renew = async () => {
    if (Number(localStorage.getItem("refreshed")) > asked) return true;
    const response = await send("POST", "registration/sessions/refresh", {});
    if (response.ok) sessionBegan();
    return response.ok;
  };
  if (!("locks" in navigator)) return renew();
  return /** @type {Promise<any>} */ (navigator.locks.request("refresh", renew));
}

/** A session token lasts 15 minutes; older than this it is renewed before a link that cannot renew it is followed. */
const STALE = 13 * 60_000;
/** No session lasts longer: what was noted before was somebody else's day. */
const DAY = 24 * 3_600_000;

/** Note that a session has just begun. */
export function sessionBegan() {
  localStorage.setItem("refreshed", String(Date.now()));
}

/** Note that the session was ended by whoever had it. */
export function sessionEnded() {
  localStorage.removeItem("refreshed");
}

/** Whether a session on this device ended by itself, a day ago at most. */
export const hadSession = () => Date.now() - Number(localStorage.getItem("refreshed")) < DAY;

/** Follow a link to a PDF or file only with a session that still stands. @param {MouseEvent} event */
export async function openFresh(event) {
  const anchor = /** @type {HTMLElement} */ (event.target).closest?.('a[href^="/api/"]');
  if (!anchor || Date.now() - Number(localStorage.getItem("refreshed")) < STALE) return;
  event.preventDefault();
  if (await refreshed()) open(anchor.getAttribute("href") ?? "", anchor.getAttribute("target") ?? "_self", "noopener");
  else await signIn();
}

/** Where whoever uses this page signs in: staff have a door of their own. */
export const door = () => (["staff", "bkn"].includes(document.body.dataset.kind ?? "") ? "/instansi/masuk/" : "/masuk/");

/** Leave for the sign-in page, to come back here afterwards. @returns {Promise<never>} */
function signIn() {
  const back = encodeURIComponent(location.pathname + location.search);
  location.replace(`${link(door())}?lanjut=${back}`);
  return new Promise(() => {});
}

/** A key under which a request may be repeated without being done twice. */
export const newKey = () => crypto.randomUUID();

/**
 * Make a function that sends each content under an idempotency key of its own, until one of them has been accepted:
 * the retry of what has been accepted answers success, also after the close. The content is what is asked for, without
 * what a retry brings anew: the version that was seen, a proof of work.
 * @returns {<T>(content: object, call: (key: string) => Promise<T>) => Promise<T>}
 */
export function keyed() {
  /** @type {Map<string, string>} */
  const keys = new Map();
  return async (content, call) => {
    const name = JSON.stringify(content);
    const key = keys.get(name) ?? newKey();
    keys.set(name, key);
    const answer = await call(key);
    // Whatever is sent next is a new request, even with the same content.
    keys.clear();
    // What an earlier attempt complained of no longer holds.
    clearFaults();
    return answer;
  };
}
