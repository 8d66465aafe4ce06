// Follow an application by number and code, upload its letter, take it back.

import { $ } from "../../core/dom.js";
import { follow } from "../../upload/follow.js";

follow("application", "registration/applications", { papers, open: ({ state }) => state === "DIAJUKAN", shown });

/** @param {registration.ApplicationStatus} status */
function papers({ letter }) {
  return letter ? [{ id: letter.file, jenis: "SURAT", state: letter.state, message: letter.message }] : [];
}

/** @param {registration.ApplicationStatus} status */
function shown(status) {
  $("#letter-accepted").hidden = status.letter?.state !== "DITERIMA";
  return status;
}
