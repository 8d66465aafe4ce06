// Usulan masuk: what the public proposed for this institution.

import { apiPath } from "../../api.js";
import { startCountdown } from "../../countdown.js";
import { roster } from "../../roster.js";
import { institutionOf, whoAmI } from "../../session.js";

const me = await whoAmI();
startCountdown(institutionOf(me));
await roster({ path: apiPath`announcements/institutions/${institutionOf(me)}/usulan` }).start();
