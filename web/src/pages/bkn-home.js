// BKN: every institution, what of it waits for a decision first; opening the round of a new one.

import { api, apiPath } from "../api.js";
import { heard } from "../clock.js";
import { startCountdown } from "../countdown.js";
import { $, fill, rows, withQuery } from "../dom.js";
import { bindForm } from "../form.js";
import { startTicking, until } from "../left.js";
import { showProblem } from "../problems.js";
import { whoAmI } from "../session.js";
import { query } from "../texts.js";

const filters = /** @type {HTMLInputElement[]} */ (["q", "phase", "waiting"].map((name) => $(`#${name}`)));
const [name, phase, waiting] = filters;
/** Whether an institution waits for a decision of this kind. @type {Record<string, (item: any) => boolean>} */
const WAITS = { any: (item) => item.asks || item.hands_in, extension: (item) => item.asks, sptjm: (item) => item.hands_in };
const shown = $("#shown");
/** @type {any[]} */
let institutions = [];

await whoAmI(["bkn", "auditor"]);
for (const filter of filters) filter.value = query(filter.id);
startCountdown();
startTicking();
showPublications();
await load();
$("#filter").addEventListener("submit", (event) => event.preventDefault());
$("#filter").addEventListener("input", show);
bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  send: ({ code, name, kind, size, ppk_nama, ppk_nip, ppk_jabatan }) =>
    api("PUT", apiPath`finalization/institutions/${code}`, {
      body: { name, kind, size: Number(size), ppk: { nama: ppk_nama, nip: ppk_nip ?? null, jabatan: ppk_jabatan } },
    }),
  done: async () => {
    /** @type {HTMLFormElement} */ ($("#form")).reset();
    $("#opened").hidden = false;
    await load();
  },
});

async function load() {
  try {
    institutions = [];
    for (let cursor = ""; cursor !== null; ) {
      const asked = Date.now();
      const page = await api("GET", `finalization/institutions?${new URLSearchParams(cursor ? { cursor } : {})}`);
      heard(page.now, asked);
      institutions.push(...page.items.map(line));
      cursor = page.cursor;
      show();
    }
  } catch (problem) {
    showProblem(problem);
  }
}

/** The institutions whose lists are not published, or not whole. */
async function showPublications() {
  try {
    const { items } = await api("GET", "announcements/publications");
    const told = items.map((/** @type {any} */ each) => ({ ...each, stopped: each.state === "BERHENTI", withheld: each.state === "DISUNTING" }));
    rows("publications", told, { each: (element, item) => withQuery($("a", element), { kode: item.code }) });
    $("#publications").hidden = items.length === 0;
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {any} item */
function line(item) {
  const [asks, hands_in] = [item.extension_requests > 0, item.sptjm_state === "DIUNGGAH"];
  return { ...item, asks, hands_in, verified: item.counts.by_state.MEMENUHI_SYARAT ?? 0 };
}

function show() {
  const words = name.value.trim().toLowerCase();
  const found = institutions
    .filter((each) => !phase.value || each.phase === phase.value)
    .filter((each) => !waiting.value || WAITS[waiting.value](each))
    .filter((each) => `${each.code} ${each.name}`.toLowerCase().includes(words))
    .sort((a, b) => Number(WAITS.any(b)) - Number(WAITS.any(a)) || a.code.localeCompare(b.code));
  fill(document, { sums: { waiting: institutions.filter(WAITS.any).length, never: institutions.filter((each) => each.phase === "TIDAK_MENDATA").length } });
  rows("items", found, {
    each: (element, item) => {
      withQuery($("[data-link]", element), { kode: item.code });
      until($("[data-left]", element), item.closes);
    },
  });
  shown.textContent = (shown.dataset.words ?? "").replace("{count}", String(found.length));
}
