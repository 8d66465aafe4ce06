// BKN: every institution, its phase and its SPTJM; opening the round of a new one.

import { api } from "../api.js";
import { $, rows, withQuery } from "../dom.js";
import { bindForm } from "../form.js";
import { showProblem } from "../problems.js";
import { whoAmI } from "../session.js";

const name = /** @type {HTMLInputElement} */ ($("#q"));
const phase = /** @type {HTMLSelectElement} */ ($("#phase"));
/** @type {any[]} */
let institutions = [];

await whoAmI(["bkn", "auditor"]);
await load();
$("#filter").addEventListener("submit", (event) => event.preventDefault());
$("#filter").addEventListener("input", show);
bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  send: ({ code, name, kind, size, ppk_nama, ppk_nip, ppk_jabatan }) =>
    api("PUT", `finalization/institutions/${encodeURIComponent(code)}`, {
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
      const page = await api("GET", `finalization/institutions?${new URLSearchParams(cursor ? { cursor } : {})}`);
      institutions.push(...page.items);
      cursor = page.cursor;
      show();
    }
  } catch (problem) {
    showProblem(problem);
  }
}

function show() {
  const words = name.value.trim().toLowerCase();
  const found = institutions.filter((each) => (!phase.value || each.phase === phase.value) && `${each.code} ${each.name}`.toLowerCase().includes(words));
  const counted = found.map((each) => ({ ...each, verified: each.counts?.by_state?.MEMENUHI_SYARAT ?? 0 }));
  rows("items", counted, { each: (element, item) => withQuery($("[data-link]", element), { kode: item.code }) });
}
