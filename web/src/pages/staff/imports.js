// Impor data: send a file, see the last ones.

import { api, apiPath } from "../../core/api.js";
import { startCountdown } from "../../time/countdown.js";
import { $, rows, withQuery } from "../../core/dom.js";
import { size } from "../../core/format.js";
import { bindForm } from "../../form/form.js";
import { keepPlace } from "../../lists/place.js";
import { showProblem } from "../../core/problems.js";
import { institutionOf, whoAmI } from "../../session/session.js";
import { link } from "../../core/texts.js";
import { wholeFile } from "../../upload/whole-file.js";

/** Largest sizes in bytes (domain: XLSX 25 MB, CSV 50 MB); the service decides. */
const MOST = { xlsx: 25 * 1048576, csv: 50 * 1048576 };
/** How files begin that are neither, and are often taken for one: old Excel, PDF, pictures, HTML. */
const OTHERS = ["\xd0\xcf\x11\xe0", "%PDF", "\xff\xd8\xff", "\x89PNG", "<"];

const form = /** @type {HTMLFormElement} */ ($("#form"));
const input = /** @type {HTMLInputElement} */ ($("#file"));

/** How the chosen file begins: that tells what it is, whatever its name. */
let start = "";
input.addEventListener("change", async () => {
  const head = await input.files?.[0]?.slice(0, 8).arrayBuffer();
  start = String.fromCharCode(...new Uint8Array(head ?? new ArrayBuffer(0))).trimStart();
});

const me = await whoAmI();
const path = apiPath`registration/institutions/${institutionOf(me)}/imports`;
startCountdown(institutionOf(me));
const send = wholeFile((file, key) => api("POST", path, { body: { filename: file.name, size: file.size }, key }));
bindForm(form, { check: faults, send, done: ({ id }) => location.assign(`${link("/instansi/impor/status/")}?id=${encodeURIComponent(id)}`) });
const place = keepPlace(() => 0);
try {
  /** @type {Answer<"GET registration/institutions/{code}/imports">} */
  const { items } = await api("GET", path);
  rows("items", items, { each: (element, item) => withQuery($("[data-link]", element), { id: item.id }) });
  if (place) scrollTo(0, place.y);
} catch (problem) {
  showProblem(problem);
}

function faults() {
  const file = input.files?.[0];
  if (!file) return [];
  if (OTHERS.some((other) => start.startsWith(other))) return [{ field: "file", message: form.dataset.wrongType ?? "" }];
  const most = MOST[start.startsWith("PK") ? "xlsx" : "csv"];
  if (file.size <= most) return [];
  const words = (form.dataset.tooLarge ?? "").replace("{size}", size(file.size)).replace("{limit}", size(most));
  return [{ field: "file", message: words }];
}
