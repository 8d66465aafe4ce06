// The server's clock as far as this page knows it: what it said last, and the time gone by since.

let offset = 0;

/**
 * Take in what the server said.
 * @param {string} now its instant
 * @param {number} asked this device's instant when the question left
 */
export function heard(now, asked) {
  // Half the round trip has passed since the server looked at its clock.
  offset = Date.parse(now) - (asked + Date.now()) / 2;
}

/** The server's instant, in milliseconds. */
export const serverNow = () => Date.now() + offset;
