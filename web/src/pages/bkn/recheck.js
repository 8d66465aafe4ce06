// BKN opens verdicts alone again, for who had submitted and was left undecided: once, without a letter.

import { query } from "../../core/texts.js";
import "../../form/moments.js";
import { bindReopening } from "../../institutions/reopening.js";

await bindReopening(query("kode"), "verification-reopening", {
  stands: ({ left_undecided: left, recheck_until: until, sptjm }) => {
    const accepted = sptjm.state === "DITERIMA";
    return { open: Boolean(until), left, until, accepted, not_accepted: !accepted };
  },
  body: ({ closes, reason }) => ({ closes, reason }),
});
