// Find an institution in the directory's table, or show only those that have not announced, or have no SPTJM.

export {};

const input = /** @type {HTMLInputElement} */ (document.querySelector("#cari"));
/** The directory has it, the page of contacts has not. */
const shown = /** @type {HTMLSelectElement | null} */ (document.querySelector("#tampil"));
const status = /** @type {HTMLElement} */ (document.querySelector("#cari-status"));
const rows = /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll("#direktori tbody tr")]);

input.addEventListener("input", show);
shown?.addEventListener("change", show);
if (input.value || shown?.value) show();

function show() {
  const words = input.value.trim().toLowerCase();
  const only = shown?.value ?? "";
  for (const row of rows) row.hidden = !((row.textContent ?? "").toLowerCase().includes(words) && stands(row, only));
  const count = rows.filter((row) => !row.hidden).length;
  status.textContent = words || only ? (status.dataset.words ?? "").replace("{count}", String(count)) : "";
}

/** @param {HTMLTableRowElement} row @param {string} only a word of `data-standing`, or nothing */
function stands(row, only) {
  return !only || (row.dataset.standing ?? "").split(" ").includes(only);
}
