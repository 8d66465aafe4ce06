// One file control: shrink, send, follow the inspection, tell the truth at every step.

import { api, newKey, paperPath, Problem } from "../core/api.js";
import { $, all } from "../core/dom.js";
import { dropFile, keepFile, keptFile } from "./store.js";
import { text } from "../core/texts.js";

// What is needed once a file is chosen comes when the page can be used already, and before a connection can be lost.
const later = {
  prepare: () => import("./prepare.js").catch(offline),
  transfer: () => import("./transfer.js").catch(offline),
  receipts: () => import("./receipts.js").catch(offline),
};
for (const load of Object.values(later)) load().catch(() => {}); // told where it is wanted, and tried again

/** @returns {never} */
function offline() {
  throw new Problem({ type: "network", title: text("network_title"), detail: text("network") });
}

/**
 * @typedef {object} Subject whom the file belongs to
 * @property {string} id keeps one person's unfinished file from going to another on the same phone
 * @property {Record<string, string>} [names] further members of the request: orang, riwayat, instansi
 * @property {{id?: string, jenis: string, state: string, message?: string | null, openable?: boolean}[]} [files] what the service already has
 * @property {(body: {jenis: string, ukuran: number}, key: string) => Promise<any>} [ask] how a sender without a session asks for a place
 * @property {(id: string) => Promise<{state: string, message?: string | null}>} [verdict] his way to the verdict
 * @property {boolean} [guest] there is no session to renew yet, only an enrolment
 * @property {(jenis: string, state: string, id: string) => void} [changed] told when a file has come to rest
 * @property {(problem: Problem) => void} [refused] told what stood in the way of sending
 */

/**
 * Wake every upload control under `root`.
 * @param {ParentNode} root
 * @param {Subject} subject
 */
export function bindUploads(root, subject) {
  for (const control of all("[data-upload]", root)) bind(control, subject);
}

/** @param {HTMLElement} control @param {Subject} subject */
function bind(control, subject) {
  const jenis = control.dataset.upload ?? "";
  const name = [subject.id, jenis, subject.names?.riwayat ?? ""].join("|");
  const input = /** @type {HTMLInputElement} */ ($("input", control));
  const retry = $("[data-retry]", control);
  const file = (subject.files ?? []).filter((each) => each.jenis === jenis && each.state !== "DIGANTI").at(-1);
  if (file) atRest(control, file);

  const send = async (/** @type {import("./store.js").Kept} */ file) => {
    retry.hidden = true;
    input.disabled = true;
    try {
      const { id, receipt } = await sent(control, jenis, subject, file, () => keepFile(name, file));
      const { dropReceipt, keepReceipt } = await later.receipts();
      keepReceipt(id, { whose: subject.id, receipt, jenis, riwayat: subject.names?.riwayat ?? null });
      await dropFile(name);
      const { state } = await followed(control, jenis, id, subject);
      if (state !== "DIPERIKSA") dropReceipt(id);
    } catch (problem) {
      await failed(control, problem, name);
      if (problem instanceof Problem) subject.refused?.(problem);
    } finally {
      input.disabled = false;
      input.value = "";
    }
  };
  input.addEventListener("change", async () => {
    const chosen = [...(input.files ?? [])];
    delete control.dataset.state;
    $("[data-kept]", control).hidden = true;
    const blob = chosen.length ? await prepared(control, chosen) : null;
    if (!blob) return;
    const fresh = { blob, at: Date.now(), key: newKey() };
    await keepFile(name, fresh);
    await send(fresh);
  });
  const resume = async () => {
    const kept = await keptFile(name);
    if (!kept) return file ? undefined : arrived();
    say(control, text("upload.resumed"));
    await send(kept);
  };
  /** What had arrived when the page was closed, and the service cannot list yet. */
  const arrived = async () => {
    const receipts = await later.receipts().catch(() => null); // the next visit asks again
    const id = receipts?.receiptFor(subject.id, jenis, subject.names?.riwayat ?? null);
    if (id && (await followed(control, jenis, id, subject)).state !== "DIPERIKSA") receipts?.dropReceipt(id);
  };
  retry.addEventListener("click", resume);
  input.disabled = false;
  if (file?.state === "DIPERIKSA" && file.id) followed(control, jenis, file.id, subject).catch(() => {});
  else resume();
}

/**
 * What was chosen, ready to be sent as one file, or null with the reason on the screen.
 * @param {HTMLElement} control @param {File[]} chosen @returns {Promise<Blob | null>}
 */
async function prepared(control, chosen) {
  if (chosen.some((file) => file.type.startsWith("image/"))) say(control, text("upload.shrinking"));
  const ready = await fitting(control, chosen).catch((problem) => problem.message);
  if (ready instanceof Blob) return ready;
  control.dataset.state = "DITOLAK";
  say(control, ready, "bad");
  return null;
}

/** @param {HTMLElement} control @param {File[]} chosen @returns {Promise<Blob | string>} */
async function fitting(control, chosen) {
  const { limitsOf, prepare } = await later.prepare();
  const file = await one(chosen, limitsOf(control));
  return file instanceof Blob ? prepare(file, limitsOf(control)) : file;
}

/**
 * One file of what was chosen: several pictures are the pages of a PDF. Or why they cannot be one.
 * @param {File[]} chosen @param {import("./prepare.js").Limits} limits @returns {Promise<File | string>}
 */
async function one(chosen, limits) {
  if (chosen.length === 1) return chosen[0];
  const { join } = await import("./join.js").catch(() => ({ join: null }));
  if (!join) return text("network");
  try {
    return await join(chosen, limits);
  } catch {
    return text("upload.several");
  }
}

/**
 * @param {HTMLElement} control @param {string} jenis @param {Subject} subject
 * @param {import("./store.js").Kept} file @param {() => Promise<void>} changed keeps what the file has been promised
 */
async function sent(control, jenis, subject, file, changed) {
  const bar = /** @type {HTMLProgressElement} */ ($("progress", control));
  const { transfer } = await later.transfer();
  const ask = async (/** @type {string} */ key) => {
    const body = { jenis, ukuran: file.blob.size, ...names(control, subject) };
    const intent = await (subject.ask?.(body, key) ?? api("POST", "documents/uploads", { body, key, guest: subject.guest }));
    return { intent, target: intent, seconds: intent.expires_in };
  };
  bar.hidden = false;
  try {
    return await transfer(ask, file, {
      changed,
      progress: (percent) => {
        bar.value = percent;
        if (percent % 10 === 0) say(control, text("upload.sending", { percent }));
      },
      waiting: () => say(control, text("upload.waiting")),
    });
  } finally {
    bar.hidden = true;
  }
}

/** Which names belong to a file of this kind: of a person or what is his, of an institution or a unit; a case's ticket says it all. */
/** @type {Record<string, string[]>} */
const NAMES = { person: ["orang"], history: ["orang", "riwayat"], request: ["orang", "riwayat"], institution: ["instansi"], unit: ["instansi", "riwayat"], case: [] };

/** @param {HTMLElement} control @param {Subject} subject */
function names(control, subject) {
  const wanted = NAMES[control.dataset.owner ?? ""];
  return Object.fromEntries(Object.entries(subject.names ?? {}).filter(([name]) => wanted.includes(name)));
}

/**
 * Wait for the verdict. That it cannot be read now changes nothing: the file has arrived.
 * @param {HTMLElement} control @param {string} jenis @param {string} id @param {Subject} subject
 */
async function followed(control, jenis, id, subject) {
  say(control, text("upload.checking"));
  const { inspected } = await later.transfer();
  const last = await (subject.verdict ?? inspected)(id, Boolean(subject.guest)).catch((problem) => {
    if (!(problem instanceof Problem)) throw problem;
    subject.refused?.(problem);
    return { state: "DIPERIKSA" };
  });
  atRest(control, { ...last, id, openable: !subject.ask });
  subject.changed?.(jenis, last.state, id);
  return last;
}

/** @param {HTMLElement} control @param {{id?: string, state: string, message?: string | null, hints?: {message: string}[], openable?: boolean}} file */
function atRest(control, { id, state, message, hints = [], openable }) {
  control.dataset.state = state;
  const kept = $("[data-kept]", control);
  kept.hidden = !id || !openable || state !== "DITERIMA";
  if (id) $("[data-paper]", kept).setAttribute("href", paperPath(id));
  const advice = hints.map((hint) => hint.message).join(" ");
  const next = control.dataset.owner === "case" ? "upload.more" : "upload.replace"; // every paper of a case stays
  if (state === "DITERIMA") say(control, `${text("upload.accepted")} ${advice} ${text(next)}`, "good");
  else if (state === "DITOLAK") say(control, text("upload.rejected", { reason: message ?? "" }), "bad");
  else if (state === "DIPERIKSA") say(control, text("upload.slow"));
}

/**
 * Say why the file was not sent. It stays on the device unless the service says that the file itself is wrong.
 * @param {HTMLElement} control @param {unknown} problem @param {string} name
 */
async function failed(control, problem, name) {
  if (!(problem instanceof Problem)) throw problem;
  const wrong = problem.fields.some(({ field }) => field === "ukuran");
  if (wrong) await dropFile(name);
  // The schedule on the screen is wrong when the service says that a window has closed.
  if (problem.status === 410) document.dispatchEvent(new Event("schedule"));
  $("[data-retry]", control).hidden = wrong;
  say(control, wrong ? reason(problem) : `${reason(problem)} ${text(problem.status === 410 ? "upload.kept_late" : "upload.kept")}`, "bad");
}

/** @param {Problem} problem */
function reason(problem) {
  if (problem.type === "network" || problem.status >= 500) return text("upload.failed");
  return problem.fields.map((each) => each.message).join(" ") || problem.detail;
}

/** @param {HTMLElement} control @param {string} words @param {"good" | "bad" | ""} [tone] */
function say(control, words, tone = "") {
  const status = $(".upload__status", control);
  status.className = `upload__status govuk-body-s${tone && ` upload__status--${tone}`}`;
  status.textContent = words.replace(/ +/g, " ").trim();
}
