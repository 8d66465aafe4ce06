// Putuskan permohonan: each field old beside new, with the evidence; accept or refuse, and why.

import { api, apiPath } from "../../core/api.js";
import { $, all, fill, reveal, rows, withQuery } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import { query, text } from "../../core/texts.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { named } from "../../form/named.js";
import { showRequest } from "../../records/requests.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { startCountdown } from "../../time/countdown.js";

const OPEN = ["DIAJUKAN", "TINJAU_ULANG"];
const me = await whoAmI();
const code = institutionOf(me);
const id = query("id");
const path = apiPath`registration/institutions/${code}/people/${id}/requests`;
/** Whether the reader decides at all; the service knows whose turn it is. */
const decides = ["operator", "admin", "bkn"].includes(me.role);
startCountdown(code);
withQuery($("[data-record]"), me.institution ? { id } : { id, kode: code });
if (me.role === "bkn") $("#back").setAttribute("href", ($("#back").getAttribute("href") ?? "").replace("/instansi/", "/bkn/"));
else if (!me.institution) withQuery($("#back"), { kode: code });
await load();

async function load() {
  try {
    show(await api("GET", path));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.PersonsRequests} found */
function show(found) {
  fill(document, { nama: found.nama, nomor_registrasi: found.nomor_registrasi });
  $("#own").hidden = !found.own_record;
  const may = decides && !found.own_record;
  const items = found.items.map((item) => ({ ...item, is_open: OPEN.includes(item.state) }));
  rows("items", items, { each: (element, item) => entry(element, item, found.v, may) });
  $("#loading").hidden = true;
}

/** @param {HTMLElement} element @param {registration.RequestView} item @param {number} v @param {boolean} may */
function entry(element, item, v, may) {
  showRequest(element, item, (field, { name }) => choice(field, `${item.id}-${name}`, may && item.open.includes(name), name));
  if (!may || !item.open.length) return;
  $("[data-decides]", element).hidden = false;
  const form = /** @type {HTMLFormElement} */ ($("form", element));
  bindForm(form, {
    draft: false,
    check: () => undecided(form),
    ask: () => confirmed("ask"),
    send: (_, key) => api("POST", `${path}/${encodeURIComponent(item.id)}/decision`, { body: { v, fields: decisions(form) }, key }),
    done: async () => {
      await load();
      reveal($("#done"));
    },
  });
}

/** @param {HTMLElement} element @param {string} id @param {boolean} shown @param {string} name */
function choice(element, id, shown, name) {
  const group = $("[data-choose]", element);
  if (!shown) return group.remove();
  group.hidden = false;
  group.dataset.choose = group.dataset.field = name;
  const why = $("[data-why]", group);
  named($("textarea", group), `${id}-why`);
  for (const radio of /** @type {HTMLInputElement[]} */ (all("input", group))) {
    named(radio, `${id}-${radio.value}`);
    radio.name = id;
    radio.addEventListener("change", () => (why.hidden = radio.value !== "no"));
  }
}

/** @param {HTMLElement} group */
const said = (group) => /** @type {HTMLTextAreaElement} */ ($("textarea", group)).value.trim();

/** @param {HTMLFormElement} form */
const decisions = (form) =>
  all("[data-choose]", form).map((group) => {
    const accepted = $("input:checked", group).getAttribute("value") === "yes";
    return { name: group.dataset.choose, accepted, reason: accepted ? "" : said(group) };
  });

/** @param {HTMLFormElement} form */
const undecided = (form) =>
  all("[data-choose]", form)
    .filter((group) => !group.querySelector("input:checked") || (!$("[data-why]", group).hidden && !said(group)))
    .map((group) => ({ field: group.dataset.field, message: text(group.querySelector("input:checked") ? "refusal_reason" : "required_answer") }));
