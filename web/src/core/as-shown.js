// A call about what stands on the screen.

import { Problem } from "./api.js";

/**
 * Make a call about what is shown. When that has moved meanwhile it is fetched anew, so that pressing again speaks of
 * what then stands on the screen.
 * @template T
 * @param {() => Promise<T>} call
 * @param {() => Promise<void>} reload
 */
export async function asShown(call, reload) {
  try {
    return await call();
  } catch (problem) {
    if (problem instanceof Problem && problem.type === "version-moved") await reload();
    throw problem;
  }
}
