// What BKN tells everybody, on every page: a small file beside the pages, so that it is read while no service answers.

const bar = /** @type {HTMLElement} */ (document.querySelector("#banner"));
const words = /** @type {HTMLElement} */ (bar.querySelector("[role=status]"));
const MINUTE = 60_000;

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch("/pemberitahuan.json");
    if (answer.ok) show(await answer.json(), Date.parse(answer.headers.get("date") ?? "") || Date.now());
  } catch {
    // What stood there stands until the next look.
  }
}

/** @param {{id?: string, en?: string, level?: string, until?: string}} said @param {number} now the server's instant */
function show({ id, en, level, until }, now) {
  const text = (document.documentElement.lang === "en" ? en : id) ?? "";
  const gone = !text || Date.parse(until ?? "") <= now;
  bar.hidden = gone;
  bar.classList.toggle("banner--trouble", level === "GANGGUAN");
  const told = gone ? "" : `${level === "GANGGUAN" ? bar.dataset.trouble : bar.dataset.info}: ${text}`;
  if (words.textContent !== told) words.textContent = told;
}

look();
setInterval(look, MINUTE / 2);
document.addEventListener("visibilitychange", look);

export {};
