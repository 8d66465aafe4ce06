// Looks for the counter whose PBKDF2 key starts with the wanted prefix (ALTCHA v2), every `step`th from `offset`.

/** @param {string} hex */
const bytes = (hex) => new Uint8Array((hex.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));

/** @param {ArrayBuffer} buffer */
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {MessageEvent<{parameters: any, offset: number, step: number}>} event */
onmessage = async ({ data: { parameters, offset, step } }) => {
  const started = performance.now();
  const nonce = bytes(parameters.nonce);
  const hash = parameters.algorithm?.split("/")[1] ?? "SHA-256";
  const salt = bytes(parameters.salt);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const counterPlace = new DataView(password.buffer);
  for (let counter = offset; ; counter += step) {
    counterPlace.setUint32(nonce.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivation = { name: "PBKDF2", hash, salt, iterations: parameters.cost };
    const derivedKey = hex(await crypto.subtle.deriveBits(derivation, key, (parameters.keyLength ?? 32) * 8));
    if (derivedKey.startsWith(parameters.keyPrefix)) {
      postMessage({ counter, derivedKey, time: Math.round(performance.now() - started) });
      return;
    }
  }
};
