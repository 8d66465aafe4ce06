// What went wrong, at the top of the page and at each field (WCAG 3.3.1, 3.3.3).

import { $, all } from "./dom.js";
import { text } from "./texts.js";

/** @typedef {{field?: string, message: string}} Fault */

/**
 * Show a list of faults above the page's heading, and beside the fields they belong to; focus the list.
 * @param {string} title
 * @param {Fault[]} faults
 * @param {{lead?: string[], call?: string}} [options] call: the call to a service that went wrong
 */
export function showFaults(title, faults, { lead = [], call = "" } = {}) {
  clearFaults();
  const box = $("#errors");
  box.dataset.call = call;
  const summary = element("div", "govuk-error-summary");
  summary.tabIndex = -1;
  summary.setAttribute("role", "alert");
  summary.append(element("h2", "govuk-error-summary__title", title), body(lead, faults));
  box.replaceChildren(summary);
  box.hidden = false;
  for (const fault of faults) if (fault.field) mark(fault.field, fault.message);
  if (!document.title.startsWith(text("error_prefix"))) document.title = `${text("error_prefix")} ${document.title}`;
  summary.focus();
  summary.scrollIntoView({ block: "start" });
}

/** @param {string[]} lead @param {Fault[]} faults */
function body(lead, faults) {
  const made = element("div", "govuk-error-summary__body");
  made.append(...lead.map((line) => element("p", "", line)));
  const list = element("ul", "govuk-list govuk-error-summary__list");
  for (const fault of faults) list.append(entry(fault));
  if (faults.length) made.append(list);
  return made;
}

/** @param {Fault} fault */
function entry({ field, message }) {
  const item = element("li");
  const target = field && inputOf(field);
  if (!target) {
    item.textContent = message;
    return item;
  }
  const anchor = element("a", "", message);
  anchor.setAttribute("href", `#${target.id}`);
  anchor.addEventListener("click", (event) => {
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: "center" });
  });
  item.append(anchor);
  return item;
}

/** The call to a service whose fault stands on the page, if any. */
export const faultyCall = () => ($("#errors").hidden ? "" : $("#errors").dataset.call);

/** Take all faults away. */
export function clearFaults() {
  const box = $("#errors");
  box.hidden = true;
  box.replaceChildren();
  for (const message of all(".govuk-error-message")) message.remove();
  for (const group of all(".govuk-form-group--error")) group.classList.remove("govuk-form-group--error");
  for (const input of all("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    input.classList.remove("govuk-input--error", "govuk-select--error", "govuk-textarea--error");
    describe(input, `${input.dataset.fault}`, false);
  }
  for (const panel of all("[data-problem]")) panel.hidden = true;
  document.title = document.title.replace(`${text("error_prefix")} `, "");
}

/**
 * The part of the form a fault belongs to; "letter.date" of the interface is letter_date on the page.
 * @param {string} field @returns {HTMLElement | null}
 */
const groupOf = (field) => document.querySelector(`[data-field="${CSS.escape(field.replaceAll(".", "_"))}"]`);

/** @param {string} field @returns {HTMLElement | null} */
const inputOf = (field) => groupOf(field)?.querySelector("input, select, textarea") ?? null;

/** @param {string} field @param {string} message */
function mark(field, message) {
  const group = groupOf(field);
  const input = inputOf(field);
  if (!group || !input) return;
  const id = `${field}-error`;
  const words = element("p", "govuk-error-message");
  words.id = id;
  words.append(element("span", "govuk-visually-hidden", `${text("error_prefix")} `), message);
  group.classList.add("govuk-form-group--error");
  const place = group.querySelector(".govuk-date-input, .govuk-radios, .govuk-checkboxes, .govuk-input__wrapper") ?? input;
  place.before(words);
  for (const each of all("input, select, textarea", group)) {
    each.setAttribute("aria-invalid", "true");
    each.dataset.fault = id;
    describe(each, id, true);
    const kind = each.matches("select") ? "select" : each.matches("textarea") ? "textarea" : "input";
    if (!each.matches("[type=radio], [type=checkbox], [type=file]")) each.classList.add(`govuk-${kind}--error`);
  }
}

/** Add or take away one id of aria-describedby. @param {HTMLElement} input @param {string} id @param {boolean} on */
function describe(input, id, on) {
  const ids = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
  if (on) ids.push(id);
  if (ids.length) input.setAttribute("aria-describedby", ids.join(" "));
  else input.removeAttribute("aria-describedby");
}

/** @param {string} name @param {string} [classes] @param {string} [words] */
function element(name, classes = "", words = "") {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  if (words) made.textContent = words;
  return made;
}
