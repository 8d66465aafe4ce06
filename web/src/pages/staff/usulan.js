// Usulan masuk: what the public proposed for this institution.

import { apiPath } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { roster } from "../../lists/roster.js";
import { institutionOf, whoAmI } from "../../session/session.js";

const me = await whoAmI();
startCountdown(institutionOf(me));
await roster({ path: apiPath`announcements/institutions/${institutionOf(me)}/usulan` }).start();
