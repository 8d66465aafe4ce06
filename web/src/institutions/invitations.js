// Invitations and recoveries of staff: how each stands, and what whoever looks may do with it.

import { api, apiPath, keyed } from "../core/api.js";
import { asShown } from "../core/as-shown.js";
import { $, all, fill, reveal, rows, withQuery } from "../core/dom.js";
import { confirmed } from "../form/confirm.js";
import { bindForm } from "../form/form.js";
import { clearFaults } from "../core/errors.js";
import { showProblem } from "../core/problems.js";
import { text } from "../core/texts.js";
import { showQr } from "../session/secrets.js";

/** What stands for bkn and auditors where an institution's code has its place. */
export const NATIONAL = "nasional";
const OPEN = ["MENUNGGU_PERSETUJUAN", "TERKIRIM", "DITERIMA"];
const OFFICE = ["operator", "verifikator", "helpdesk"];

/** @typedef {registration.InvitationView} Invitation */
/** @typedef {{role: string}} Reader */

/**
 * Which roles somebody gives there by himself, and which he only proposes (invitations/who_may.py).
 * @param {string} role @param {string} code
 */
export function reachOf(role, code) {
  if (role === "bkn") return code === NATIONAL ? { gives: [], proposes: ["bkn", "auditor"] } : { gives: [...OFFICE, "admin", "ppk"], proposes: [] };
  return role === "admin" ? { gives: OFFICE, proposes: ["ppk"] } : { gives: [], proposes: [] };
}

/** @param {Invitation} item */
export const isOpen = (item) => OPEN.includes(item.state);

/** Where one deed ends, the page says so and shows what is then. */
let reload = async () => {};
/** What an institution is called. @type {(code: string) => string} */
let called = (code) => code;
/** The invitation that is decided on. @type {Invitation | null} */
let chosen = null;
const send = keyed();
let busy = false;

/**
 * @param {() => Promise<void>} again shows the page anew
 * @param {(code: string) => string} names what an institution is called
 */
export function bindInvitations(again, names) {
  reload = again;
  called = names;
  for (const button of all("[data-close]")) button.addEventListener("click", () => ($(`#${button.dataset.close}`).hidden = true));
  const form = /** @type {HTMLFormElement} */ ($("#decide-form"));
  form.addEventListener("change", showDelivery);
  bindForm(form, {
    draft: false,
    check: () => (refuses() && !reason() ? [{ field: "decide_reason", message: text("users.reason_first") }] : []),
    ask: async () => !refuses() || confirmed("ask-refuse"),
    send: ({ approved, decide_delivery: delivery }, key) => {
      const { institution, id, v } = /** @type {Invitation} */ (chosen);
      const body = approved ? { v, approved, delivery } : { v, approved, reason: reason() };
      return asShown(() => api("POST", apiPath`registration/institutions/${institution}/invitations/${id}/decision`, { body, key }), reload);
    },
    done: async (/** @type {registration.InvitationSent} */ sent, { approved, decide_delivery: delivery }) => {
      $("#decide").hidden = true;
      if (approved) return told(sent, delivery);
      await reload();
      say(text("users.refused"));
    },
  });
}

/** @param {string} name of the list @param {Invitation[]} items @param {Reader} reader @param {boolean} [places] whether each says of which institution it is */
export function showInvitations(name, items, reader, places = false) {
  // What is decided next is decided on what stands now.
  chosen = items.find(({ id }) => id === chosen?.id) ?? chosen;
  rows(name, items.map((item) => line(item, reader, places)), {
    each: (element, item) => {
      withQuery($("[data-place]", element), { kode: item.institution });
      for (const button of all("[data-act]", element)) {
        const act = button.dataset.act ?? "";
        button.hidden = !mayOf(item, reader).includes(act);
        button.addEventListener("click", () => (act === "decide" ? decide(item) : deed(act, item)));
      }
    },
  });
}

/** @param {Invitation} item @param {Reader} reader @param {boolean} places */
function line(item, reader, places) {
  const standing = item.expired ? "LEWAT" : item.state === "DITERIMA" ? "MENUNGGU_KONFIRMASI" : item.state;
  const waits = item.state === "MENUNGGU_PERSETUJUAN" && !item.may_decide;
  return {
    ...item,
    standing,
    recovers: item.kind === "PEMULIHAN",
    place: places ? called(item.institution) : "",
    units_words: item.units.join(", "),
    by_words: item.by ?? text("users.command"),
    open_until: item.state === "TERKIRIM" && !item.expired ? item.expires_at : null,
    next: waits ? text(item.kind === "PEMULIHAN" || item.institution === NATIONAL ? "users.waits_second" : "users.waits_bkn") : "",
  };
}

/** What may be done with it. @param {Invitation} item @param {Reader} reader @returns {string[]} */
function mayOf(item, { role }) {
  const acts = item.may_decide ? ["decide"] : [];
  if (!item.may_handle || !isOpen(item)) return acts;
  if (item.state === "DITERIMA" && role !== "helpdesk") acts.push("confirm");
  if (item.state === "TERKIRIM") acts.push("again", ...(item.kind === "PEMULIHAN" ? [] : ["print"]));
  return [...acts, "withdraw"];
}

/** @param {Invitation} item */
function decide(item) {
  chosen = item;
  /** @type {HTMLFormElement} */ ($("#decide-form")).reset();
  fill($("#decide"), { ...item, recovers: item.kind === "PEMULIHAN", invites: item.kind !== "PEMULIHAN" });
  showDelivery();
  $("#decide").hidden = false;
  $("#decide-title").focus();
}

const refuses = () => /** @type {HTMLInputElement | null} */ ($("#decide-form").querySelector("[name=approved]:checked"))?.value === "false";
const reason = () => /** @type {HTMLTextAreaElement} */ ($("[name=decide_reason]")).value.trim();

/** A recovery goes to its owner's own address, and nothing goes out of what is refused. */
function showDelivery() {
  $("#decide-delivery").hidden = refuses() || chosen?.kind === "PEMULIHAN";
  $("[data-field=decide_reason]").hidden = !refuses();
}

/** @param {string} act @param {Invitation} item */
async function deed(act, item) {
  if (busy) return;
  busy = true;
  clearFaults();
  for (const each of all("[data-told]")) each.hidden = true;
  try {
    await done(act, item);
  } catch (problem) {
    showProblem(problem);
  } finally {
    busy = false;
  }
}

/** @param {string} act @param {Invitation} item */
async function done(act, item) {
  const path = apiPath`registration/institutions/${item.institution}/invitations/${item.id}`;
  const { v, name } = item;
  const asked = (/** @type {"POST" | "DELETE"} */ method, /** @type {string} */ end, /** @type {object} */ body) =>
    asShown(() => send({ act, id: item.id, ...body }, (key) => api(method, path + end, { body: { v, ...body }, key })), reload);
  if (act === "confirm" || act === "withdraw") {
    if (!(await confirmed(`ask-${act}`))) return;
    await (act === "confirm" ? asked("POST", "/confirmation", {}) : asked("DELETE", "", {}));
    await reload();
    return say(text(act === "confirm" ? "users.confirmed" : "users.withdrawn", { name }));
  }
  const delivery = act === "print" ? "CETAK" : "SURAT_ELEKTRONIK";
  await told(await asked("POST", "/sending", { delivery }), delivery);
}

/** Say how an invitation went out; one on paper is shown, once. @param {registration.InvitationSent} sent @param {string} delivery */
export async function told(sent, delivery) {
  await reload();
  const { name, address, qr } = sent;
  if (sent.state === "MENUNGGU_PERSETUJUAN") return say(text("users.proposed", { name }));
  if (delivery !== "CETAK" || sent.kind === "PEMULIHAN") return say(text("users.invited", { name }));
  if (!address || !qr) return say(text("users.lost", { name }));
  say(text("users.printed", { name }));
  fill($("#printed"), { ...sent, address: location.origin + address, institution_words: called(sent.institution) });
  showQr(/** @type {HTMLImageElement} */ ($("#printed [data-qr]")), qr);
  $("#printed").hidden = false;
  $("#printed-title").focus();
}

/** @param {string} words */
export function say(words) {
  $("#saved").textContent = words;
  reveal($("#saved"));
}
