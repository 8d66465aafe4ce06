// Submitted: number and cards. Whose record is not, or no longer, submitted is told how it stands instead.

import { fill } from "../../dom.js";
import { whoAmI } from "../../session.js";
import { link } from "../../texts.js";

const me = await whoAmI(["honorer"]);
if (me.outcome === "SUBMITTED") fill(document, me);
else location.replace(link("/pendataan/"));
