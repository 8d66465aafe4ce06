// BKN opens a finalized institution again, against its letter; its SPTJM becomes void.

import { $ } from "../../core/dom.js";
import { query } from "../../core/texts.js";
import { windowsOf } from "../../form/moments.js";
import { takeLetter } from "../../institutions/letter.js";
import { bindReopening } from "../../institutions/reopening.js";

const code = query("kode");
/** @type {() => string} */
let letter = () => "";

await bindReopening(code, "reopening", {
  stands: ({ phase, sptjm }) => ({ open: ["FINAL", "SPTJM_DITERIMA"].includes(phase), sptjm }),
  add: () => ({ letter_file: letter() }),
  body: ({ letter_number, letter_date, letter_file, reason, ...rest }) => ({
    windows: windowsOf(rest),
    reason,
    letter: { number: letter_number, date: letter_date, file: letter_file || null },
  }),
});
letter = takeLetter(/** @type {HTMLFormElement} */ ($("#form")), code);
