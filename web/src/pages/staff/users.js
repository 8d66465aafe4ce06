// Pengguna: who works with the portal in this institution, or for bkn; invitations, changes, recoveries.

import { api, apiPath, Problem } from "../../core/api.js";
import { asShown } from "../../core/as-shown.js";
import { $, all, fill, rows, withQuery } from "../../core/dom.js";
import { confirmed } from "../../form/confirm.js";
import { bindForm } from "../../form/form.js";
import { bindInvitations, isOpen, NATIONAL, reachOf, say, showInvitations, told } from "../../institutions/invitations.js";
import { showProblem } from "../../core/problems.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { text } from "../../core/texts.js";

/** Roles that may be limited to some units. */
const OFFICE = ["operator", "verifikator", "helpdesk"];
const form = /** @type {HTMLFormElement} */ ($("#form"));
const me = await whoAmI();
const code = institutionOf(me);
const national = code === NATIONAL;
const path = apiPath`registration/institutions/${code}`;
const reach = reachOf(me.role, code);
const offered = [...reach.gives, ...reach.proposes];
let place = me.institution?.name ?? (national ? text("users.all_national") : code);
/** Whom the panel is about. */
let chosen = /** @type {registration.StaffAccountView} */ ({});

$("#lead-institution").hidden = national;
$("#lead-national").hidden = !national;
offer("role", offered);
offer("new_role", reach.gives);
bindInvitations(load, () => place);
bindInvite();
bindManage();
await Promise.all([nameIt(), load()]);

/** Of which institution the users are. */
async function nameIt() {
  const back = $("[data-institution]");
  if (national) back.setAttribute("href", back.dataset.national ?? "");
  else withQuery(back, { kode: code });
  try {
    if (!me.institution && !national) place = (await api("GET", apiPath`finalization/institutions/${code}`)).name;
  } catch (problem) {
    showProblem(problem);
  }
  fill(document, { place });
}

async function load() {
  try {
    const [users, invitations] = await Promise.all([api("GET", `${path}/users`), api("GET", `${path}/invitations`)]);
    show(/** @type {registration.StaffAccounts} */ (users).items);
    /** @type {registration.Invitations} */
    const { items } = invitations;
    showInvitations("open", items.filter(isOpen), me);
    showInvitations("past", items.filter((each) => !isOpen(each)), me);
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {registration.StaffAccountView[]} users */
function show(users) {
  // What is decided next is decided on what stands now.
  chosen = users.find(({ id }) => id === chosen.id) ?? chosen;
  const told = users.map((each) => ({ ...each, units_words: each.units.join(", ") || text("all_units"), invited_words: each.invited_by.join(", ") || text("users.by_bkn") }));
  rows("items", told, {
    each: (element, user) => {
      $("[data-own]", element).hidden = user.id !== me.id;
      const history = $("[data-link]", element);
      withQuery(history, { id: user.id, ...(!me.institution && { kode: code }) });
      history.hidden = me.role === "helpdesk";
      const button = $("[data-manage]", element);
      button.hidden = partsFor(user).length === 0;
      button.addEventListener("click", () => manage(user));
    },
  });
}

/** What may be done with somebody's account. @param {registration.StaffAccountView} user */
function partsFor(user) {
  if (user.id === me.id || user.state === "NONAKTIF") return [];
  const active = user.state === "AKTIF";
  return [
    ...(active && reach.gives.includes(user.role) ? ["change"] : []),
    ...(active ? ["recovery"] : []),
    ...(active && !national && reach.gives.includes(user.role) ? ["nik"] : []),
    ...(offered.includes(user.role) && !(me.role === "admin" && user.role === "ppk") ? ["disable"] : []),
  ];
}

/** @param {registration.StaffAccountView} user */
function manage(user) {
  chosen = user;
  const panel = $("#manage");
  $("#saved").hidden = true;
  for (const each of all("form", panel)) /** @type {HTMLFormElement} */ (each).reset();
  fill(panel, user);
  for (const part of all("[data-part]", panel)) {
    part.hidden = !partsFor(user).includes(part.dataset.part ?? "");
    part.removeAttribute("open");
  }
  for (const radio of /** @type {HTMLInputElement[]} */ (all("[name=new_role]"))) radio.checked = radio.value === user.role;
  /** @type {HTMLTextAreaElement} */ ($("[name=new_units]")).value = user.units.join("\n");
  shapeChange();
  panel.hidden = false;
  $("#manage-title").focus();
}

/** The interface's `units` are this form's `new_units`. @param {unknown} problem @returns {never} */
function renamed(problem) {
  if (problem instanceof Problem) problem.fields = problem.fields.map((each) => ({ ...each, field: `new_${each.field}` }));
  throw problem;
}

/** Who works for the whole institution is limited to no units. */
function shapeChange() {
  ask($("#of-new-units"), OFFICE.includes(chosenRole("new_role")));
}

function bindManage() {
  $("#change-form").addEventListener("change", shapeChange);
  const bind = (/** @type {string} */ part, /** @type {string} */ end, /** @type {string} */ done, /** @type {(body: any) => object} */ more, /** @type {"POST" | "DELETE"} */ method = "POST") =>
    bindForm(/** @type {HTMLFormElement} */ ($(`#${part}-form`)), {
      draft: false,
      ask: async () => part !== "disable" || confirmed("ask-disable"),
      send: (typed, key) => {
        const body = { v: chosen.v, reason: typed[`${part}_reason`], ...more(typed) };
        return asShown(() => api(method, `${path}/users/${chosen.id}${end}`, { body, key }), load).catch(renamed);
      },
      done: async () => {
        $("#manage").hidden = true;
        await load();
        say(text(done, { name: chosen.name }));
      },
    });
  bind("change", "/role", "users.changed", ({ new_role: role, new_units: units }) => ({ role, units: unitsOf(units) }));
  bind("disable", "/disablement", "users.disabled", () => ({}));
  bind("nik", "/own-nik", "users.forgotten", () => ({}), "DELETE");
  bind("recovery", "/recoveries", "users.recovery", () => ({}));
}

function bindInvite() {
  form.addEventListener("change", shape);
  bindForm(form, {
    send: ({ units, ...body }, key) => api("POST", `${path}/invitations`, { body: { ...body, units: unitsOf(units) }, key }),
    done: async (sent, { delivery }) => {
      form.reset();
      shape();
      await told(sent, delivery);
    },
  });
  shape();
}

/** What is asked for depends on the role. */
function shape() {
  const role = chosenRole("role");
  const proposed = reach.proposes.includes(role);
  $("#proposed").hidden = !proposed;
  ask($("#of-ppk"), role === "ppk");
  ask($("#of-office"), OFFICE.includes(role));
  ask($("#of-delivery"), role !== "" && !proposed);
}

/** @param {string} name of the question */
function chosenRole(name) {
  return /** @type {HTMLInputElement | null} */ (document.querySelector(`[name=${name}]:checked`))?.value ?? "";
}

/** Ask for something, or neither show nor send it. @param {HTMLElement} group @param {boolean} on */
function ask(group, on) {
  group.hidden = !on;
  for (const input of /** @type {HTMLInputElement[]} */ (all("input, textarea", group))) input.disabled = !on;
}

/** Offer these roles only. @param {string} name of the question @param {string[]} roles */
function offer(name, roles) {
  for (const radio of /** @type {HTMLInputElement[]} */ (all(`[name=${name}]`))) {
    /** @type {HTMLElement} */ (radio.parentElement).hidden = !roles.includes(radio.value);
  }
}

/** One unit a line. @param {string} [typed] */
function unitsOf(typed = "") {
  return typed.split("\n").map((unit) => unit.trim()).filter(Boolean);
}
