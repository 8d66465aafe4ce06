// File a case: the plain form made easier. Number and code are shown, and papers sent, on the next page.

import { api, apiPath } from "../core/api.js";
import { $ } from "../core/dom.js";
import { go, query } from "../core/texts.js";
import { bindForm } from "./form.js";
import { codeOf, offerInstitutions, saidOf } from "./institution.js";
import { keep } from "./opened.js";
import { startCaptcha } from "./pow.js";

/**
 * @param {string} kind of the case, as its address says: usulan, tanggapan, bantuan
 * @param {{optional?: boolean, check?: () => import("../core/errors.js").Fault[]}} [options] optional: the institution
 *   may be left out; check: further faults found before sending
 */
export async function bindFiling(kind, { optional = false, check = () => [] } = {}) {
  const form = /** @type {HTMLFormElement} */ ($("#form"));
  const institution = /** @type {HTMLInputElement} */ ($("#institution"));
  await offerInstitutions(institution);
  institution.value ||= saidOf(query("instansi"));
  const stands = () => codeOf(institution.value) || (optional && !institution.value.trim());
  bindForm(form, {
    captcha: startCaptcha(),
    check: () => [...(stands() ? [] : [{ field: "institution", message: form.dataset.choose ?? "" }]), ...check()],
    send: (body, key) => api("POST", apiPath`announcements/${kind}`, { body: { ...body, institution: codeOf(body.institution ?? "") }, key, guest: true }),
    done: ({ number, code }) => {
      keep("case", { number, code });
      go("/laporan/");
    },
  });
}
