// BKN writes one banner for every page: seen before it is shown, taken down again.

import { api } from "../../core/api.js";
import { $, fill, reveal } from "../../core/dom.js";
import { showProblem } from "../../core/problems.js";
import "../../form/moments.js";
import { bindForm } from "../../form/form.js";
import { confirmed } from "../../form/confirm.js";
import { asShown } from "../../core/as-shown.js";
import { whoAmI } from "../../session/session.js";

const form = /** @type {HTMLFormElement} */ ($("#form"));
const news = $("#news");
let version = 0;

const me = await whoAmI();
bind();
await load();
preview();

async function load() {
  try {
    show(await api("GET", "announcements/banner"));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {Answer<"GET announcements/banner">} banner */
function show(banner) {
  version = banner.v;
  fill(document, { banner });
  $("#standing").hidden = !banner.stands;
  $("#none").hidden = banner.stands;
  $("#end").hidden = me.role !== "bkn";
  $("#loading").hidden = true;
  $("#ready").hidden = false;
}

/** What is typed, as every page would show it. */
function preview() {
  const typed = new FormData(form);
  const trouble = typed.get("level") === "GANGGUAN";
  for (const language of ["id", "en"]) {
    const place = $(`#preview-${language}`);
    const words = String(typed.get(language) ?? "").trim();
    $("p", place).textContent = (trouble ? (place.dataset.trouble ?? "") : "") + words;
    place.hidden = !words;
    place.classList.toggle("banner--trouble", trouble);
  }
}

function bind() {
  form.addEventListener("input", preview);
  bindForm(form, {
    ask: () => confirmed("ask"),
    send: ({ id, en, level, until }, key) =>
      asShown(() => api("PUT", "announcements/banner", { body: { id, en, level, until, v: version }, key }), load),
    done: (banner) => {
      form.reset();
      preview();
      told(banner, news.dataset.set);
    },
  });
  bindForm(/** @type {HTMLFormElement} */ ($("#end")), {
    draft: false,
    ask: () => confirmed("ask-end"),
    send: (_, key) => asShown(() => api("DELETE", "announcements/banner", { key }), load),
    done: (banner) => told(banner, news.dataset.ended),
  });
}

/** @param {announcements.BannerView} banner @param {string} [words] */
function told(banner, words = "") {
  show(banner);
  news.textContent = words;
  reveal(news);
}
