// Buttons that show and hide a typed password.

import { $, all } from "../core/dom.js";

for (const button of all("[data-toggle]")) {
  const input = /** @type {HTMLInputElement} */ ($(`#${button.dataset.toggle}`));
  const set = (/** @type {boolean} */ shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = (shown ? button.dataset.hide : button.dataset.show) ?? "";
    button.setAttribute("aria-label", (shown ? button.dataset.hideLabel : button.dataset.showLabel) ?? "");
  };
  button.addEventListener("click", () => set(input.type === "password"));
  input.form?.addEventListener("submit", () => set(false), { capture: true });
  button.hidden = false;
}
