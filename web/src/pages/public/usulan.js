// Usulan: the plain form made easier: a list of institutions, the security check, faults in place.

import { api } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $ } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { openAnyway } from "../../time/offer.js";
import { startCaptcha } from "../../form/pow.js";
import { link, query, text } from "../../core/texts.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));

await choose();
startCountdown(query("instansi") || undefined);
openAnyway();
bindForm(form, {
  captcha: startCaptcha(),
  send: (body, key) => api("POST", "announcements/usulan", { body, key, guest: true }),
  done: ({ ticket }) => location.assign(`${link("/usulan/terkirim/")}?tiket=${encodeURIComponent(ticket)}`),
});
const wanted = form.elements.namedItem("institution");
if (query("instansi") && wanted) /** @type {HTMLInputElement} */ (wanted).value = query("instansi");

/** Offer the institutions by name where the directory can be had; else the code is typed as it stands. */
async function choose() {
  const input = /** @type {HTMLInputElement} */ ($("#institution"));
  try {
    const response = await fetch("/pengumuman/index.json");
    if (!response.ok) return;
    const { items } = await response.json();
    const select = document.createElement("select");
    select.className = "govuk-select";
    select.id = select.name = "institution";
    select.dataset.required = "";
    select.append(new Option("", ""));
    for (const [code, name] of items) select.append(new Option(`${name} (${code})`, code));
    select.options[0].text = text("choose");
    document.querySelector("#institution-hint")?.remove();
    input.replaceWith(select);
  } catch {
    // No directory: the code field stays.
  }
}
