// Permintaan bantuan: what helps at once stands beside each type, and each is asked what it needs and no more.

import { $, all } from "../../core/dom.js";
import { query } from "../../core/texts.js";
import { bindFiling } from "../../form/filing.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const types = /** @type {HTMLInputElement[]} */ (all("input[name=topic]"));
const wish = /** @type {HTMLInputElement} */ ($("#wish"));
const reporter = $("#reporter");
const hint = $("#alasan-hint");
const usual = hint.textContent ?? "";
/** What is typed of oneself, also while it is not asked. */
const own = /** @type {HTMLInputElement[]} */ (all("input", reporter));

for (const type of types) {
  type.checked ||= type.value === query("jenis");
  type.addEventListener("change", chosen);
}
wish.addEventListener("change", chosen);
addEventListener("pageshow", restored);
chosen();
await bindFiling("bantuan", { optional: true, check: reachable });
restored();

/** What the browser, or the draft, put back tells of no change. */
function restored() {
  wish.checked ||= own.some((input) => input.value);
  chosen();
}

/** Show what belongs to the type that is chosen. */
function chosen() {
  const topic = types.find((type) => type.checked)?.value ?? "";
  for (const part of all("[data-of]")) offer(part, named(part.dataset.of, topic));
  for (const part of all("[data-not-of]")) offer(part, !named(part.dataset.notOf, topic));
  hint.textContent = `${all("[data-write]").find((part) => part.dataset.of === topic)?.dataset.write ?? ""} ${usual}`.trim();
  offer(reporter, !named(form.dataset.anonymous, topic) || wish.checked);
}

/** @param {string | undefined} names @param {string} topic */
function named(names, topic) {
  return (names ?? "").split(" ").includes(topic);
}

/** What is not asked is not sent either. @param {HTMLElement} part @param {boolean} on */
function offer(part, on) {
  part.hidden = !on;
  for (const input of /** @type {HTMLInputElement[]} */ (all("input, textarea", part))) input.disabled = !on;
}

/** Without a contact the answer reaches nobody, which only some types allow; others say nothing without a name. */
function reachable() {
  const { topic, nama, email, hp } = Object.fromEntries(new FormData(form));
  const of = (/** @type {string | undefined} */ names) => named(names, String(topic));
  const faults = [];
  if (of(form.dataset.named) && !nama) faults.push({ field: "nama", message: form.dataset.name ?? "" });
  if (topic && !email && !hp && !of(form.dataset.anonymous)) faults.push({ field: "email", message: form.dataset.reach ?? "" });
  return faults;
}
