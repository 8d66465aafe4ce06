// Whom a tanggapan is about answers it without an account, by number and code of the notice he was handed.

import { api } from "../../core/api.js";
import { $, fill, reveal } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { bindLook } from "../../form/opened.js";

/** What opens the report; it is kept nowhere. @type {import("../../form/opened.js").Opened | null} */
let opened = null;

bindLook(
  (body) => api("POST", "announcements/cases/hearings", { body, guest: true }),
  (typed, report) => {
    opened = typed;
    show(report);
    reveal($("#said-title"));
  },
);
bindForm(/** @type {HTMLFormElement} */ ($("#answering")), {
  draft: false,
  send: ({ text }, key) => api("POST", "announcements/cases/hearings/answers", { body: { ...opened, text }, key, guest: true }),
  done: show,
});
$("#another").addEventListener("click", () => location.reload());

/** @param {announcements.ReportOfMe} report */
function show(report) {
  fill(document, { ...report, said_words: report.said.join("\n\n") });
  $("#look").hidden = true;
  $("#answering").hidden = !report.can_answer;
  $("#closed").hidden = report.can_answer || report.answer !== null;
  $("#shown").hidden = false;
}
