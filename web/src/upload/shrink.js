// Makes a phone's photo small enough before it is sent. Drawing it anew also drops EXIF and the place it was taken.

const QUALITIES = [0.88, 0.76, 0.64, 0.55];

/**
 * @param {File} file
 * @param {{side: number, most: number, least: number}} limits longest side in pixels, sizes in bytes
 * @returns {Promise<Blob>} a JPEG; larger than `most` only when six scales were not enough
 */
export async function shrink(file, { side, most, least }) {
  const whole = await createImageBitmap(file, { imageOrientation: "from-image" });
  const longest = Math.max(whole.width, whole.height);
  // The full picture (48 MB in memory for 12 megapixels) is drawn once; further tries start from the small one.
  const small = await createImageBitmap(draw(whole, Math.min(1, side / longest)));
  whole.close();
  let made = /** @type {Blob | null} */ (null);
  for (const scale of [1, 0.8, 0.64, 0.51, 0.41, 0.33]) {
    const canvas = draw(small, scale);
    for (const quality of least > 0 ? [0.95, ...QUALITIES] : QUALITIES) {
      made = await encoded(canvas, quality);
      if (made.size <= most) {
        small.close();
        return made;
      }
    }
  }
  small.close();
  return /** @type {Blob} */ (made);
}

/** @param {ImageBitmap} picture @param {number} scale */
function draw(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @param {number} quality @returns {Promise<Blob>} */
const encoded = (canvas, quality) =>
  new Promise((made, failed) => {
    canvas.toBlob((blob) => (blob ? made(blob) : failed(new Error("no picture"))), "image/jpeg", quality);
  });
