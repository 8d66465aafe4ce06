// Buttons that print, [data-print]; and on paper: from which page, and when. An address is told without its query, which may name a record.

import { serverNow } from "./clock.js";
import { all } from "./dom.js";
import { instant } from "./format.js";

for (const button of all("[data-print]")) button.addEventListener("click", () => print());

addEventListener("beforeprint", () => {
  const time = instant(new Date(serverNow()).toISOString());
  for (const line of all("[data-printed]")) {
    line.textContent = (line.dataset.printed ?? "").replace("{time}", time).replace("{address}", location.origin + location.pathname);
  }
});
