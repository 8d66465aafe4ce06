// BKN opens corrections and dossiers again for usulan that their close left undecided: one button, no letter.

import { query } from "../../core/texts.js";
import { bindReopening } from "../../institutions/reopening.js";

await bindReopening(query("kode"), "usulan-reopening", {
  draft: false,
  stands: ({ usulan_waiting: waiting, locked_at: at }) => ({ open: Boolean(waiting), waiting, locked: Boolean(at) }),
});
