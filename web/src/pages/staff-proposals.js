// Usulan masuk: what the public proposed for this institution.

import { apiPath } from "../api.js";
import { roster } from "../roster.js";
import { institutionOf, STAFF, whoAmI } from "../session.js";

const me = await whoAmI(STAFF);
await roster({ path: apiPath`announcements/institutions/${institutionOf(me)}/usulan` })();
