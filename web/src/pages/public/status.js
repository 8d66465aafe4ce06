// Cek status: whether somebody is listed, where, and on which list; without an account.

import { api } from "../../core/api.js";
import { showContact } from "../../core/contact.js";
import { $, all, fill, reveal } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { startCaptcha } from "../../form/pow.js";

const captcha = startCaptcha();
const directory = $("#list a").getAttribute("href");

bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  captcha,
  draft: false,
  send: (body, key) => api("POST", "registration/status-checks", { body, key, guest: true }),
  done: show,
});

/** @param {registration.StatusView} status */
function show(status) {
  captcha.renew();
  fill($("#answer"), status);
  // Between the last close and the lock nothing can be done either.
  const stage = status.stage === "LOCKING" ? "LOCKED" : status.stage;
  for (const line of all("[data-listing]")) line.hidden = line.dataset.listing !== status.listing;
  for (const line of all("[data-stage]")) line.hidden = line.dataset.stage !== stage;
  $("#list").hidden = status.listing === "NO_LIST";
  $("#list a").setAttribute("href", `${directory}${status.institution.code}/`);
  $("#contact").hidden = false;
  showContact(status.institution.code);
  reveal($("#answer"));
}
