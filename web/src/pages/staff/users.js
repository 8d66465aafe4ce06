// Pengguna: who works with the portal in this institution.

import { api, apiPath } from "../../core/api.js";
import { $, reveal, rows, withQuery } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import "../../form/password.js";
import { showProblem } from "../../core/problems.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { text } from "../../core/texts.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const me = await whoAmI();
const path = apiPath`registration/institutions/${institutionOf(me)}/users`;
await load();
bindForm(form, {
  send: (body, key) => api("POST", path, { body, key }),
  done: async () => {
    form.reset();
    await load();
    reveal($("#saved"));
  },
});

async function load() {
  try {
    /** @type {Answer<"GET registration/institutions/{code}/users">} */
    const { items } = await api("GET", path);
    rows("items", items.map((each) => ({ ...each, units_words: each.units.join(", ") || text("all_units") })), {
      each: (element, { id }) => withQuery($("[data-link]", element), { id, ...(!me.institution && { kode: institutionOf(me) }) }),
    });
  } catch (problem) {
    showProblem(problem);
  }
}
