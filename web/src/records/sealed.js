// Somebody asked to have his data deleted and they are sealed: noted beside the record, and put into the answer to him.

import { api, apiPath } from "../core/api.js";
import { $ } from "../core/dom.js";
import { showFaults } from "../core/errors.js";
import { date } from "../core/format.js";
import { text } from "../core/texts.js";
import { bindForm } from "../form/form.js";
import { showTold, tellNext } from "../session/told.js";

const form = /** @type {HTMLFormElement} */ ($("#annotate"));

/** @param {() => {code: string, number: string}} asked the case's institution and number */
export function bindSealed(asked) {
  bindForm(form, {
    send: (body, key) => note(body.nomor_registrasi, body.kode_instansi || asked().code, asked().number, key),
    done: (noted) => (noted ? tell(noted) : nobody()),
  });
}

/**
 * The record is found by its number, then noted.
 * @param {string} typed @param {string} code @param {string} number @param {string} key
 * @returns {Promise<registration.AnnotationView | null>} null: nobody has this number
 */
async function note(typed, code, number, key) {
  const people = apiPath`registration/institutions/${code}/people`;
  const { items } = await api("GET", `${people}?${new URLSearchParams({ q: typed })}`);
  if (items.length !== 1) return null;
  return api("POST", `${people}/${encodeURIComponent(items[0].id)}/annotations`, { body: { case: number }, key });
}

function nobody() {
  showFaults(text("error_title"), [{ field: "nomor_registrasi", message: form.dataset.none ?? "" }]);
}

/** Below what stands in the answer already. @param {registration.AnnotationView} noted */
function tell(noted) {
  const words = [noted.text, noted.kept_until && `${form.dataset.kept} ${date(noted.kept_until)}.`].filter(Boolean).join(" ");
  const field = /** @type {HTMLTextAreaElement} */ ($("#decide-text"));
  field.value = [field.value.trim(), words].filter(Boolean).join("\n");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  form.hidden = true;
  tellNext(form.dataset.noted ?? "");
  showTold();
}
