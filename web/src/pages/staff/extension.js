// The admin asks bkn for an extension, with a letter; what became of earlier requests.

import { api, apiPath } from "../../core/api.js";
import { asShown } from "../../core/as-shown.js";
import { closingsOf, noClosing, offerClosings } from "../../form/closings.js";
import { confirmed } from "../../form/confirm.js";
import { startCountdown } from "../../time/countdown.js";
import { $, fill, reveal } from "../../core/dom.js";
import { bindForm } from "../../form/form.js";
import { showProblem } from "../../core/problems.js";
import { fetchRound, showLetters, showNever } from "../../institutions/round.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { text } from "../../core/texts.js";
import { bindUploads } from "../../upload/controls.js";

const me = await whoAmI();
const code = institutionOf(me);
const form = /** @type {HTMLFormElement} */ ($("#form"));
let letter = "";
let version = 0;
startCountdown(code);
bind();
await load();

async function load() {
  try {
    show(await fetchRound(code));
  } catch (problem) {
    showProblem(problem);
  }
}

/** @param {finalization.InstitutionView} round */
function show(round) {
  version = round.v;
  fill(document, { name: round.name });
  const locked = !offerClosings(round);
  showLetters(round, me.role);
  const waiting = round.extensions.some((each) => each.state === "DIMINTA");
  const never = showNever(round);
  $("#waiting").hidden = !waiting;
  $("#locked").hidden = waiting || never || !locked;
  form.hidden = waiting || locked;
  $("#loading").hidden = true;
  $("#round").hidden = false;
}

function bind() {
  bindUploads(form, {
    id: `I${code}`,
    names: { instansi: code },
    changed: (_, state, id) => {
      letter = state === "DITERIMA" ? id : "";
    },
  });
  bindForm(form, {
    check: () => [...noClosing(form), ...(letter ? [] : [{ field: "letter.file", message: text("round.letter_first") }])],
    ask: () => confirmed("ask"),
    add: () => ({ letter_file: letter }),
    send: ({ letter_number, letter_date, letter_file }, key) =>
      asShown(
        () => api("POST", apiPath`finalization/institutions/${code}/extensions`, { body: { v: version, windows: closingsOf(form), letter: { number: letter_number, date: letter_date, file: letter_file } }, key }),
        load,
      ),
    done: (round) => {
      letter = "";
      form.reset();
      show(round);
      reveal($("#news"));
    },
  });
}
