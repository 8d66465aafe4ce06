// Search inside one institution's list, on the reader's own device; works without the page's text block.

export {};

const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-index]"));
if (box) search(box);

/** @param {HTMLElement} box */
function search(box) {
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  const status = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));
  const categories = JSON.parse(box.dataset.categories ?? "{}");
  const table = /** @type {HTMLTableElement} */ (box.querySelector("table"));
  /** The list itself, which stands aside while names are searched. */
  const list = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-list-part]")]);
  /** @type {Promise<{items: (string | null)[][]}> | null} */
  let index = null;
  const load = () => (index ??= fetch(box.dataset.index ?? "").then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status))))));

  input.addEventListener("focus", () => void load().catch(() => {}), { once: true });
  input.addEventListener("input", async () => {
    const words = plain(input.value).split(" ").filter(Boolean);
    table.hidden = true;
    status.textContent = "";
    if (plain(input.value).length < 3) return hide(false);
    try {
      const { items } = await load();
      const found = items.filter((/** @type {(string | null)[]} */ [name, number]) => (name !== null && words.every((word) => plain(name).includes(word))) || number?.toLowerCase() === input.value.trim().toLowerCase());
      show(found);
    } catch {
      index = null;
      hide(false);
      status.textContent = box.dataset.failed ?? "";
    }
  });

  /** @param {boolean} hidden */
  function hide(hidden) {
    for (const part of list) part.hidden = hidden;
  }

  /** What is withheld, and a category, in the page's words; anything else as it is. @param {string | null} value @param {number} column */
  function worded(value, column) {
    if (value === null) return box.dataset.withheld ?? "";
    return column === 4 ? (categories[value] ?? value) : value;
  }

  /** @param {(string | null)[][]} found */
  function show(found) {
    const words = found.length === 0 ? box.dataset.none : found.length > 50 ? box.dataset.many : box.dataset.count;
    status.textContent = (words ?? "").replace("{count}", String(found.length));
    table.hidden = found.length === 0;
    hide(true);
    const labels = [...table.tHead?.rows[0].cells ?? []].map((cell) => cell.textContent ?? "");
    table.tBodies[0].replaceChildren(...found.slice(0, 50).map((values) => row(values.map(worded), labels)));
  }
}

/** @param {string[]} values @param {string[]} labels */
function row(values, labels) {
  const made = document.createElement("tr");
  made.className = "govuk-table__row";
  labels.forEach((label, i) => {
    const cell = made.insertCell();
    cell.className = "govuk-table__cell";
    cell.dataset.label = label.trim();
    cell.textContent = values[i] ?? "";
  });
  return made;
}

/** A name without case, accents and punctuation. @param {string} name */
function plain(name) {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
}
