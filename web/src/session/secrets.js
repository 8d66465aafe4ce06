// What the pages of staff show once: how an authenticator app gets its codes, recovery codes, the secret of an address.

import { $, rows } from "../core/dom.js";
import { bindForm } from "../form/form.js";

/**
 * What the page's address carries behind its "#". It is taken from the address at once, so that it stands in no history
 * and in no picture of the screen; the other language is opened with it, and whoever pastes another one is heard.
 * @returns {string} empty when there is none, as after a reload
 */
export function takeSecret() {
  const secret = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  addEventListener("hashchange", () => location.reload());
  const other = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[data-language]"));
  if (secret) other?.addEventListener("click", () => (other.hash = secret));
  return secret;
}

/** Show how the app gets its codes; as a picture, in which nothing of it can run. @param {{uri: string, key: string, qr: string}} phone */
export function showPhone({ uri, key, qr }) {
  showQr(/** @type {HTMLImageElement} */ ($("[data-qr]")), qr);
  $("[data-key]").textContent = (key.match(/.{1,4}/g) ?? []).join(" ");
  $("[data-uri]").setAttribute("href", uri);
}

/** @param {HTMLImageElement} image @param {string} svg */
export function showQr(image, svg) {
  const whole = svg.replace(/^<svg(?! xmlns)/, '<svg xmlns="http://www.w3.org/2000/svg"');
  image.src = `data:image/svg+xml,${encodeURIComponent(whole)}`;
  image.hidden = false;
}

/** Show recovery codes, and go on when they were kept. @param {string[]} codes @param {() => void} kept */
export function showCodes(codes, kept) {
  const form = /** @type {HTMLFormElement} */ ($("#codes-form"));
  rows("codes", codes.map((code) => ({ code })));
  form.reset();
  $("#codes").hidden = false;
  $("#codes-title").focus();
  if (form.dataset.bound) return;
  form.dataset.bound = "yes";
  bindForm(form, {
    draft: false,
    send: async () => null,
    done: () => {
      rows("codes", []);
      $("#codes").hidden = true;
      kept();
    },
  });
}
