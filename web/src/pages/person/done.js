// Submitted: number and cards. Whose record is not, or no longer, submitted is told how it stands instead.

import { fill } from "../../core/dom.js";
import { whoAmI } from "../../session/session.js";
import { link } from "../../core/texts.js";

const me = await whoAmI(["honorer"]);
if (me.outcome === "SUBMITTED") fill(document, me);
else location.replace(link("/pendataan/"));
