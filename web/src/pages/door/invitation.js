// An invitation of staff: the number opens it; a password, a phone and its first code accept it.

import { api, newKey, Problem } from "../../core/api.js";
import { $, fill, reveal } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { askPassword } from "../../form/new-password.js";
import "../../form/password.js";
import { showProblem } from "../../core/problems.js";
import { text } from "../../core/texts.js";
import { showCodes, showPhone, takeSecret } from "../../session/secrets.js";
import { endSession } from "../../session/session.js";

/** @typedef {{body: Record<string, string>, key: string}} Sent */
const token = takeSecret();
const form = /** @type {HTMLFormElement} */ ($("#accept-form"));
let login = "";
let name = "";
/** What was sent and not answered: it may have been accepted, and only the same again tells. @type {Sent | null} */
let unanswered = null;

bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
  draft: false,
  send: (body) => told(() => api("POST", "registration/invitations/openings", { body: { ...body, token }, guest: true })),
  done: show,
});
bindForm(form, {
  draft: false,
  check: askPassword(() => name),
  send: ({ password, code }) => told(() => accept({ password, code })),
  done: accepted,
});
$("#sign-out").addEventListener("click", async () => {
  if (!(await endSession())) return;
  $("#other").hidden = true;
  begin();
});
if (token) await begin();
else reveal($("#missing"));

/** Ask for the number, unless somebody is signed in here, who would be taken for whoever accepts. */
async function begin() {
  try {
    const me = /** @type {{name?: string, nama?: string}} */ (await api("GET", "registration/me", { guest: true }));
    fill($("#other"), { other: me.name ?? me.nama });
    reveal($("#other"));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    $("#open").hidden = false;
    if (problem.status !== 401) showProblem(problem);
    else $("#login").focus();
  }
}

/** @param {registration.InvitationOffer} offer @param {Record<string, any>} body */
function show(offer, body) {
  ({ login } = body);
  ({ name } = offer);
  const recovers = offer.kind === "PEMULIHAN";
  fill($("#offer"), { ...offer, institution_words: offer.institution?.name ?? text("door.national"), units_words: offer.units.join(", ") || text("all_units") });
  if (recovers) for (const each of [$("#offer-title"), $("#accept")]) each.textContent = each.dataset.recover ?? "";
  $("#recover").hidden = !recovers;
  showPhone(offer);
  $("#open").hidden = true;
  $("#offer").hidden = false;
  $("#offer-title").focus();
}

/**
 * Accept it. An attempt that got no answer is repeated as it was, under its key, before anything new is sent.
 * @param {{password: string, code: string}} typed
 * @returns {Promise<registration.StaffWelcome>}
 */
async function accept(typed) {
  const body = { ...typed, token, login };
  const before = unanswered;
  if (before) {
    try {
      return await post(before);
    } catch (problem) {
      // It was refused, so it never arrived before; whoever typed something else since is heard with that.
      if (unanswered || JSON.stringify(before.body) === JSON.stringify(body)) throw problem;
    }
  }
  return post({ body, key: newKey() });
}

/** @param {Sent} sent */
async function post(sent) {
  unanswered = sent;
  try {
    return await api("POST", "registration/invitations/acceptances", { ...sent, guest: true });
  } catch (problem) {
    if (problem instanceof Problem && problem.status >= 400 && problem.status < 500) unanswered = null;
    throw problem;
  }
}

/** @param {registration.StaffWelcome} welcome */
function accepted({ confirmed, recovery_codes: codes }) {
  unanswered = null;
  const end = () => {
    fill($("#done"), { confirmed, waits: !confirmed });
    reveal($("#done"));
  };
  $("#no-codes").hidden = codes.length > 0;
  $("#offer").hidden = true;
  form.reset();
  if (codes.length) showCodes(codes, end);
  else end();
}

/** Where the page says by itself what stands in the way, there is nothing more to fill in. @template T @param {() => Promise<T>} call */
async function told(call) {
  try {
    return await call();
  } catch (problem) {
    if (problem instanceof Problem && ["invitation-over", "account-exists"].includes(problem.type)) {
      $("#open").hidden = true;
      $("#offer").hidden = true;
    }
    throw problem;
  }
}
