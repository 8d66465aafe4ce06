// Permintaan bantuan: what helps at once stands beside each type; the form is for what it does not help with.

import { all } from "../../core/dom.js";
import { query } from "../../core/texts.js";
import { bindFiling } from "../../form/filing.js";

const types = /** @type {HTMLInputElement[]} */ (all("input[name=topic]"));
for (const type of types) {
  type.checked ||= type.value === query("jenis");
  type.addEventListener("change", showFirst);
}
showFirst();
await bindFiling("bantuan", { optional: true });

function showFirst() {
  const chosen = types.find((type) => type.checked)?.value;
  for (const help of all("[data-first]")) help.hidden = help.dataset.first !== chosen;
}
