// Submitted: number and cards.

import { fill } from "../dom.js";
import { whoAmI } from "../session.js";

fill(document, await whoAmI(["honorer"]));
