// BKN: every institution, its phase and its SPTJM; opening the round of a new one.

import { api } from "../api.js";
import { $, rows, withQuery } from "../dom.js";
import { bindForm } from "../form.js";
import { showProblem } from "../problems.js";
import { windowList } from "../round.js";
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
      body: { name, kind, size: Number(size), ppk: { nama: ppk_nama, nip: ppk_nip ?? "", jabatan: ppk_jabatan } },
    }),
  done: async () => {
    /** @type {HTMLFormElement} */ ($("#form")).reset();
    $("#opened").hidden = false;
    await load();
  },
});

async function load() {
  try {
    const { items } = await api("GET", "finalization/institutions");
    institutions = items.map((/** @type {any} */ each) => ({ ...each, closes: windowList(each.windows).find(({ name }) => name === "VERIFICATION")?.closes }));
    show();
  } catch (problem) {
    showProblem(problem);
  }
}

function show() {
  const words = name.value.trim().toLowerCase();
  const found = institutions.filter((each) => (!phase.value || each.phase === phase.value) && `${each.code} ${each.name}`.toLowerCase().includes(words));
  rows("items", found, { each: (element, item) => withQuery($("[data-link]", element), { kode: item.code }) });
}
