// Find an institution in the directory's table.

export {};

const input = /** @type {HTMLInputElement} */ (document.querySelector("#cari"));
const status = /** @type {HTMLElement} */ (document.querySelector("#cari-status"));
const rows = /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll("#direktori tbody tr")]);

input.addEventListener("input", () => {
  const words = input.value.trim().toLowerCase();
  for (const row of rows) row.hidden = !(row.textContent ?? "").toLowerCase().includes(words);
  const count = rows.filter((row) => !row.hidden).length;
  status.textContent = words ? (status.dataset.words ?? "").replace("{count}", String(count)) : "";
});
