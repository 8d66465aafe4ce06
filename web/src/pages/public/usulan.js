// Usulan: propose somebody who is missing on a list.

import { query } from "../../core/texts.js";
import { bindFiling } from "../../form/filing.js";
import { startCountdown } from "../../time/countdown.js";
import { openAnyway } from "../../time/offer.js";

startCountdown(query("instansi") || undefined);
openAnyway();
await bindFiling("usulan");
