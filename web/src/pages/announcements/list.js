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
  const { index = "", report, shards } = box.dataset;
  /** A large list comes in parts; of a small one the whole index is the only part. */
  const find = shards ? inShards(shards) : inWhole(index);

  // Whoever has no session on this device fetches nothing of it.
  if (localStorage.getItem("refreshed")) import("../../lists/own-row.js").then(({ showOwn }) => showOwn(find)).catch(() => {});

  input.addEventListener("focus", () => void load(shards ? `${shards}index.json` : index).catch(() => {}), { once: true });
  input.addEventListener("input", async () => {
    const typed = input.value;
    table.hidden = true;
    status.textContent = "";
    if (plain(typed).length < 3) return hide(false);
    try {
      const found = await find(typed);
      if (input.value === typed) show(found);
    } catch {
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
    table.tBodies[0].replaceChildren(...found.slice(0, 50).map((values) => row(values.map(worded), labels, report)));
    box.dispatchEvent(new Event("shown", { bubbles: true }));
  }
}

/** @typedef {(string | null)[]} Row name, registration number, unit, job, category */

/** @type {Map<string, Promise<any>>} what was read, by address; what could not be read is asked for again */
const read = new Map();

/** @param {string} address */
async function load(address) {
  const asked = read.get(address) ?? fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))));
  read.set(address, asked);
  try {
    return await asked;
  } catch (failed) {
    read.delete(address);
    throw failed;
  }
}

/** @param {string} address @returns {(typed: string) => Promise<Row[]>} */
function inWhole(address) {
  return async (typed) => (await load(address)).items.filter((/** @type {Row} */ row) => fits(row, typed) || isNumberOf(row, typed));
}

/**
 * Search the parts that hold the rarest of the words typed; what no name fits may be a registration number.
 * @param {string} folder
 * @returns {(typed: string) => Promise<Row[]>}
 */
function inShards(folder) {
  /** @param {string[]} keys @returns {Promise<Row[]>} */
  const rowsOf = async (keys) => (await Promise.all(keys.map((key) => load(`${folder}${key}.json`)))).flatMap(({ items }) => items);
  return async (typed) => {
    const { shards } = await load(`${folder}index.json`);
    const size = (/** @type {string[]} */ keys) => keys.reduce((sum, key) => sum + shards[key], 0);
    const ways = plain(typed).split(" ").map((word) => keysOf(word, Object.keys(shards)));
    const [rarest] = ways.sort((one, other) => size(one) - size(other));
    const rows = (await rowsOf(rarest)).filter((row) => fits(row, typed));
    const found = [...new Map(rows.map((row) => [row[1], row])).values()];
    const byNumber = `no-${typed.trim().slice(-1).toLowerCase()}`;
    if (found.length || !(byNumber in shards) || plain(typed).includes(" ")) return found;
    return (await rowsOf([byNumber])).filter((row) => isNumberOf(row, typed));
  };
}

/** The parts in which names with a word that begins so stand. @param {string} word @param {string[]} keys */
function keysOf(word, keys) {
  const whole = keys.filter((key) => word.startsWith(key)).sort((one, other) => other.length - one.length).slice(0, 1);
  return word.length < 3 ? keys.filter((key) => key.startsWith(word) && !key.includes("-")) : whole;
}

/** Whether each word typed begins a word of the name. @param {Row} row @param {string} typed */
function fits([name], typed) {
  const words = plain(name ?? "").split(" ");
  return plain(typed).split(" ").every((word) => words.some((own) => own.startsWith(word)));
}

/** @param {Row} row @param {string} typed */
function isNumberOf([, number], typed) {
  return number?.toLowerCase() === typed.trim().toLowerCase();
}

/**
 * @param {string[]} values @param {string[]} labels
 * @param {string} [report] where the name is reported, but for its number
 */
function row(values, labels, report) {
  const made = document.createElement("tr");
  made.className = "govuk-table__row";
  labels.forEach((label, i) => {
    const cell = made.insertCell();
    cell.className = "govuk-table__cell";
    cell.dataset.label = label.trim();
    cell.textContent = values[i] ?? "";
  });
  if (report) made.cells[1].replaceChildren(reporting(values[1], report));
  return made;
}

/** @param {string} number @param {string} report */
function reporting(number, report) {
  const link = document.createElement("a");
  link.href = report + number;
  link.textContent = number;
  link.setAttribute("aria-describedby", "lapor");
  return link;
}

/** A name without case, accents and punctuation. @param {string} name */
function plain(name) {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
}
