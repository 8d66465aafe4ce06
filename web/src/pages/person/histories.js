// Step 3: the rows of the work history and the state of their two files.

import { api, apiPath, keyed, paperPath } from "../../core/api.js";
import { confirmed } from "../../form/confirm.js";
import { startCountdown } from "../../time/countdown.js";
import { $, all, rows, tint, withQuery } from "../../core/dom.js";
import { isHis, tellOutcome } from "../../records/outcome.js";
import { showProblem } from "../../core/problems.js";
import { whoAmI } from "../../session/session.js";
import { label } from "../../core/texts.js";

const SUBSTITUTES = { SK: ["SK", "SK_LEGALISIR", "SURAT_PERNYATAAN"], BUKTI_BAYAR: ["BUKTI_BAYAR"] };
const MOST = 15;
const send = keyed();

const me = await whoAmI(["honorer"]);
tellOutcome(me);
startCountdown(me.institution?.code);
await load();

async function load() {
  try {
    const { v, items } = await api("GET", "registration/me/histories");
    rows("items", items.map(told), { each: (element, item) => entry(element, item, v) });
    $("#add").hidden = items.length >= MOST;
    $("#loading").hidden = true;
  } catch (problem) {
    showProblem(problem);
  }
}

/** With whether his institution entered it later. @param {registration.HistoryView} item */
function told(item) {
  return { ...item, institutions: !item.first && !item.own };
}

/** @param {HTMLElement} element @param {registration.HistoryView} item @param {number} v */
function entry(element, item, v) {
  for (const line of all("[data-proof]", element)) mark(line, item.files);
  $(".history__actions", element).hidden = !isHis(me);
  const edit = $("[data-edit]", element);
  edit.setAttribute("href", $("#add").getAttribute("href") ?? "");
  withQuery(edit, { id: item.id });
  const remove = $("[data-delete]", element);
  remove.hidden = !item.own;
  remove.addEventListener("click", () => drop(/** @type {HTMLButtonElement} */ (remove), item.id, v));
}

/** @param {HTMLElement} line @param {registration.FileView[]} files */
function mark(line, files = []) {
  const jenis = /** @type {keyof typeof SUBSTITUTES} */ (line.dataset.proof);
  const [tag, anchor] = [$(".govuk-tag", line), $("[data-paper]", line)];
  const file = files.filter((each) => SUBSTITUTES[jenis].includes(each.jenis) && each.state !== "DIGANTI").at(-1);
  tint(tag, file?.state ?? "BELUM");
  tag.textContent = `${label("files", jenis)}: ${file ? label("file_states", file.state) : tag.dataset.missing}`;
  anchor.hidden = !file?.openable;
  if (file) anchor.setAttribute("href", paperPath(file.id));
}

/** @param {HTMLButtonElement} button @param {string} id @param {number} v */
async function drop(button, id, v) {
  if (!(await confirmed("ask"))) return;
  button.disabled = true;
  try {
    await send({ id }, (key) => api("DELETE", apiPath`registration/me/histories/${id}`, { body: { v }, key }));
    await load();
    $("h1").focus();
  } catch (problem) {
    button.disabled = false;
    showProblem(problem);
  }
}
