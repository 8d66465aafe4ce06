// Where one is signed in, and ending one of these: of a person and of staff.

import { api, apiPath } from "../core/api.js";
import { $, rows } from "../core/dom.js";
import { confirmed } from "../form/confirm.js";
import { showProblem } from "../core/problems.js";
import { text } from "../core/texts.js";

/** Fetch and list them. @param {() => void} ended goes on after one was ended */
export async function showSignIns(ended) {
  const { items } = await api("GET", "registration/me/sign-ins");
  const named = items.map((/** @type {registration.SignInView} */ each) => ({ ...each, browser_words: each.browser || text("account.no_browser") }));
  rows("sign_ins", named, {
    each: (element, item) => {
      const button = $("[data-end]", element);
      button.hidden = item.this;
      button.addEventListener("click", () => end(item.name, ended));
    },
  });
}

/** @param {string} name @param {() => void} ended */
async function end(name, ended) {
  if (!(await confirmed("ask-end"))) return;
  try {
    await api("DELETE", apiPath`registration/me/sign-ins/${name}`);
    ended();
  } catch (problem) {
    showProblem(problem);
  }
}
