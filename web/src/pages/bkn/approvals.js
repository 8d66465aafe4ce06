// Persetujuan akun: what waits for a second one, in all institutions.

import { api, apiPath } from "../../core/api.js";
import { bindInvitations, NATIONAL, showInvitations } from "../../institutions/invitations.js";
import { showProblem } from "../../core/problems.js";
import { whoAmI } from "../../session/session.js";
import { text } from "../../core/texts.js";

/** What institutions are called, by code. @type {Record<string, string>} */
const names = { [NATIONAL]: text("users.all_national") };
const me = await whoAmI();
bindInvitations(load, (code) => names[code] ?? code);
await load();

async function load() {
  try {
    const { items } = await api("GET", "registration/invitations");
    const unknown = [...new Set(items.map((each) => each.institution))].filter((code) => !(code in names));
    for (const { code, name } of await Promise.all(unknown.map((code) => api("GET", apiPath`finalization/institutions/${code}`)))) names[code] = `${code} ${name}`;
    showInvitations("open", items, me, true);
  } catch (problem) {
    showProblem(problem);
  }
}
