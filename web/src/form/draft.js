// What has been typed and not yet sent, kept in this tab over errors and reloads. Never kept are passwords, and the field
// that the form names in data-unkept: somebody else's number.

/** @param {HTMLFormElement} form */
const keyOf = (form) => `draft:${location.pathname.replace(/^\/en\//, "/")}${location.search}#${form.id}`;

/** @param {HTMLFormElement} form @returns {(HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[]} */
const inputs = (form) =>
  /** @type {HTMLInputElement[]} */ ([...form.elements]).filter(
    (each) => each.name && each.name !== form.dataset.unkept && !["password", "file"].includes(each.type),
  );

/**
 * Put back what was typed before, and keep what is typed from now on.
 * @param {HTMLFormElement} form
 */
export function keep(form) {
  restore(form);
  form.addEventListener("input", () => save(form));
  form.addEventListener("change", () => save(form));
}

/** @param {HTMLFormElement} form */
function restore(form) {
  /** @type {Record<string, string | boolean>} */
  const kept = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "{}");
  for (const input of inputs(form)) {
    const id = `${input.name}=${isTick(input) ? input.value : ""}`;
    if (!(id in kept)) continue;
    if (isTick(input)) input.checked = Boolean(kept[id]);
    else input.value = String(kept[id]);
  }
}

/** @param {HTMLFormElement} form */
function save(form) {
  const entries = inputs(form).map((input) => [
    `${input.name}=${isTick(input) ? input.value : ""}`,
    isTick(input) ? input.checked : input.value,
  ]);
  sessionStorage.setItem(keyOf(form), JSON.stringify(Object.fromEntries(entries)));
}

/** @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} input @returns {input is HTMLInputElement} */
const isTick = (input) => input.type === "radio" || input.type === "checkbox";

/** Forget a form's draft, once it has been sent. @param {HTMLFormElement} form */
export function forget(form) {
  sessionStorage.removeItem(keyOf(form));
}

/** Forget everything this tab keeps, on signing out. */
export function forgetAll() {
  sessionStorage.clear();
}
