// What BKN tells everybody, on every page: a small file beside the pages, so that it is read while no service answers.

const bar = /** @type {HTMLElement} */ (document.querySelector("#banner"));
const words = /** @type {HTMLElement} */ (bar.firstElementChild);

async function look() {
  if (document.hidden) return;
  const answer = await fetch("/pemberitahuan.json").catch(() => null);
  if (!answer?.ok) return; // what stood there stands until the next look
  const said = await answer.json();
  const text = said[document.documentElement.lang];
  // By the server's clock, and a copy that was kept too long shows nothing either.
  const stands = text && Date.parse(said.until) > Date.parse(answer.headers.get("date") ?? "");
  const trouble = said.level === "GANGGUAN";
  bar.hidden = !stands;
  bar.classList.toggle("banner--trouble", trouble);
  const told = stands ? (trouble ? bar.dataset.trouble : "") + text : "";
  if (words.textContent !== told) words.textContent = told;
}

look();
setInterval(look, 30_000);
document.addEventListener("visibilitychange", look);

export {};
