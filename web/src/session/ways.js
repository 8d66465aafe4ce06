// Which pages of the staff console somebody may open (web/site/pages.py), for links that scripts make.

import { isFor } from "./session.js";
import { label } from "../core/texts.js";

/** Whether a page of the console is for this member of staff. @param {import("./session.js").Me} me @param {string} path with or without a query */
export function mayOpen(me, path) {
  const [page] = path.split("?");
  return isFor(me, label("may_open", page), label("whole", page) !== page);
}
