// Lists of excluded job titles: load one, see what became of the others.

import { api } from "../../core/api.js";
import { $, fill, rows, withQuery } from "../../core/dom.js";
import { size } from "../../core/format.js";
import { bindForm } from "../../form/form.js";
import { showProblem } from "../../core/problems.js";
import { link } from "../../core/texts.js";
import { showState } from "../../institutions/title-state.js";
import { whoAmI } from "../../session/session.js";
import { wholeFile } from "../../upload/whole-file.js";

/** Largest size in bytes; the service decides. */
const MOST = 2_000_000;
const form = /** @type {HTMLFormElement} */ ($("#form"));
const me = await whoAmI();
form.hidden = me.role !== "bkn";
bindForm(form, {
  check: faults,
  send: wholeFile((file, key) => api("POST", "registration/title-lists", { body: { filename: file.name, size: file.size }, key })),
  done: ({ id }) => location.assign(`${link("/bkn/jabatan/daftar/")}?id=${encodeURIComponent(id)}`),
});
try {
  const lists = await api("GET", "registration/title-lists");
  fill(document, { ...lists, none_holds: !lists.items.some((each) => each.holds) });
  rows("items", lists.items, {
    each: (element, { id, state }) => {
      withQuery($("[data-link]", element), { id });
      showState($("[data-state]", element), state);
    },
  });
} catch (problem) {
  showProblem(problem);
}

function faults() {
  const file = /** @type {HTMLInputElement} */ ($("#file")).files?.[0];
  if (!file || file.size <= MOST) return [];
  const words = (form.dataset.tooLarge ?? "").replace("{size}", size(file.size)).replace("{limit}", size(MOST));
  return [{ field: "file", message: words }];
}
