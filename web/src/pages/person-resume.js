// Step 4: everything on one page, the statement, the submission.

import { api } from "../api.js";
import { startCountdown } from "../countdown.js";
import { $, fill, rows } from "../dom.js";
import { bindForm } from "../form.js";
import { tellOutcome } from "../outcome.js";
import { showPapers } from "../papers.js";
import { showProblem } from "../problems.js";
import { whoAmI } from "../session.js";
import { go, link } from "../texts.js";

const me = await whoAmI(["honorer"]);
tellOutcome(me);
startCountdown(me.institution?.code);
try {
  const resume = await api("GET", "registration/me/resume");
  const biodata = resume.biodata?.registered ? resume.biodata : { registered: resume.biodata, editable: resume.biodata };
  fill(document, { ...resume, biodata });
  rows("missing", resume.missing.map((/** @type {any} */ each) => ({ ...each, link: each.link && link(each.link) })));
  $("#missing").hidden = resume.missing.length === 0;
  rows("histories", resume.histories);
  showPapers(resume.files, resume.histories);
  rows("verdicts", resume.verdicts?.criteria ?? []);
  $("#decided").hidden = me.outcome !== "DECIDED";
  $("#form").hidden = me.outcome !== "YOURS";
  $("#loading").hidden = true;
  $("#resume").hidden = false;
  bindForm(/** @type {HTMLFormElement} */ ($("#form")), {
    send: (body, key) => api("POST", "registration/me/submission", { body: { v: resume.v, statement: body.statement }, key }),
    done: () => go("/pendataan/selesai/"),
  });
} catch (problem) {
  showProblem(problem);
}
