// One whole file from a form to the bucket, with its progress told beside it.

import { newKey } from "../core/api.js";
import { $ } from "../core/dom.js";
import { text } from "../core/texts.js";
import { transfer } from "./transfer.js";

/**
 * What sends the file chosen in `#file`, and tells of it in `#bar` and `#upload-status`.
 * @param {(file: File, key: string) => Promise<{id: string, upload: import("./transfer.js").Target & {expires_in: number}}>} promise
 *   asks the service for a place
 * @returns {() => Promise<import("./transfer.js").Intent>}
 */
export function wholeFile(promise) {
  const input = /** @type {HTMLInputElement} */ ($("#file"));
  const bar = /** @type {HTMLProgressElement} */ ($("#bar"));
  const status = $("#upload-status");
  /** The file that is on its way; sent again, it goes to the place it was promised. @type {import("./transfer.js").Sending | null} */
  let sending = null;

  return async () => {
    const file = /** @type {File} */ (input.files?.[0]);
    if (sending?.blob !== file) sending = { blob: file, key: newKey() };
    const ask = async (/** @type {string} */ key) => {
      const intent = await promise(file, key);
      return { intent, target: intent.upload, seconds: intent.upload.expires_in };
    };
    bar.hidden = false;
    try {
      const intent = await transfer(ask, sending, {
        progress: (percent) => {
          bar.value = percent;
          if (percent % 10 === 0) status.textContent = text("upload.sending", { percent });
        },
        waiting: () => {
          status.textContent = text("upload.waiting");
        },
      });
      sending = null;
      return intent;
    } finally {
      bar.hidden = true;
      status.textContent = "";
    }
  };
}
