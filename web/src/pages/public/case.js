// Follow a case by number and code: read, answer, send papers, take it back.

import { api } from "../../core/api.js";
import { $, all, rows } from "../../core/dom.js";
import { forget } from "../../form/draft.js";
import { bindForm } from "../../form/form.js";
import { follow } from "../../upload/follow.js";

const write = /** @type {HTMLFormElement} */ ($("#write"));

$("#another").addEventListener("click", () => forget(write)); // what was begun for this case is not sent in another
const { opened, show } = follow("case", "announcements/cases", { papers, open: (status) => status.can_write, shown });
bindForm(write, {
  send: ({ text }, key) => api("POST", "announcements/cases/messages", { body: { ...opened(), text }, key, guest: true }),
  done: (status) => {
    write.reset();
    show(status);
  },
});

/** @param {announcements.CaseStatus} status */
function papers({ files }) {
  return files.map(({ file, jenis, accepted, message }) => ({ id: file, jenis, state: accepted ? "DITERIMA" : "DITOLAK", message }));
}

/** @param {announcements.CaseStatus} status */
function shown(status) {
  write.hidden = !status.can_write;
  $("#full").hidden = !status.can_write || Boolean(status.ticket);
  for (const control of all("#upload [data-upload]")) if (!status.kinds.some((kind) => kind === control.dataset.upload)) control.remove();
  rows("messages", status.messages);
  rows("files", status.files);
  return { ...status, due_at: status.can_write ? status.due_at : null };
}
