// The code of an activation sheet: it comes in the address behind its QR code and waits in this tab until it is used.

const KEPT = "sheet";
const IN_ADDRESS = /^#kode=([0-9A-Za-z-]{1,40})$/;

/** Take the code from the address at once, so that it stands in no history; whether one waits in this tab. */
export function takeSheet() {
  const found = IN_ADDRESS.exec(location.hash);
  if (found) {
    history.replaceState(null, "", location.pathname + location.search);
    sessionStorage.setItem(KEPT, found[1]);
  }
  addEventListener("hashchange", () => IN_ADDRESS.test(location.hash) && location.reload());
  return waitingSheet() !== "";
}

/** @returns {string} empty when none waits */
export const waitingSheet = () => sessionStorage.getItem(KEPT) ?? "";

/** It was used, or opens nothing. */
export const forgetSheet = () => sessionStorage.removeItem(KEPT);
