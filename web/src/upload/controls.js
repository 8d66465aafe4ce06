// Upload controls wake a moment after their page: what sends a file is heavier than what is read until one is chosen.

import { showFaults } from "../core/errors.js";
import { text } from "../core/texts.js";

/**
 * Wake every upload control under `root`; without a connection the page says so, and they stay closed.
 * @param {ParentNode} root
 * @param {import("./upload.js").Subject} subject
 */
export async function bindUploads(root, subject) {
  try {
    const upload = await import("./upload.js");
    upload.bindUploads(root, subject);
  } catch {
    showFaults(text("network_title"), [{ message: text("network") }]);
  }
}
