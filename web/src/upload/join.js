// Several photographed pages as one PDF (domain.md, section 6): each a JPEG that fills a sheet of A4.
// The least of ISO 32000-1 that holds pictures; what is kept is rebuilt by the service anyway.

import { shrink } from "./shrink.js";

/** A4 in points. */
const [SHORT, LONG] = [595, 842];
/** What each page takes besides its picture, and the rest of the file, at most. */
const FRAME = 1024;

/**
 * @param {File[]} photos in the order of the pages
 * @param {{side: number, most: number}} limits longest side of a picture in pixels, size of the whole in bytes
 * @returns {Promise<File>} a PDF
 * @throws when one of them is no picture
 */
export async function join(photos, { side, most }) {
  const share = Math.floor(most / photos.length) - FRAME;
  const pages = [];
  // One after the other: a phone has no memory for several full pictures.
  for (const photo of photos) pages.push(await page(await shrink(photo, { side, most: share, least: 0 })));
  return new File(bound(pages), "halaman.pdf", { type: "application/pdf" });
}

/** @typedef {{jpeg: Blob, width: number, height: number}} Page a picture and its size in pixels */

/** @param {Blob} jpeg @returns {Promise<Page>} */
async function page(jpeg) {
  const { width, height } = await createImageBitmap(jpeg);
  return { jpeg, width, height };
}

/** Catalogue, tree and pages, three objects each, with the table of where they begin. @param {Page[]} pages @returns {BlobPart[]} */
function bound(pages) {
  const kids = pages.map((_, i) => `${3 + 3 * i} 0 R`).join(" ");
  /** @type {BlobPart[][]} */
  const objects = [
    ["<< /Type /Catalog /Pages 2 0 R >>"],
    [`<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`],
    ...pages.flatMap((each, i) => sheet(each, 3 + 3 * i)),
  ];
  /** @type {BlobPart[]} */
  const parts = ["%PDF-1.4\n"];
  const table = objects.map((object, i) => {
    const begins = new Blob(parts).size;
    parts.push(`${i + 1} 0 obj\n`, ...object, "\nendobj\n");
    return `${String(begins).padStart(10, "0")} 00000 n \n`;
  });
  const begins = new Blob(parts).size;
  const size = objects.length + 1;
  return [...parts, `xref\n0 ${size}\n0000000000 65535 f \n`, ...table, `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${begins}\n%%EOF\n`];
}

/** A page, what it draws, and the picture. @param {Page} page @param {number} number of its first object @returns {BlobPart[][]} */
function sheet({ jpeg, width, height }, number) {
  const [w, h] = width > height ? [LONG, SHORT] : [SHORT, LONG];
  const scale = Math.min(w / width, h / height);
  const [drawnW, drawnH] = [width * scale, height * scale];
  const draw = `q ${drawnW.toFixed(2)} 0 0 ${drawnH.toFixed(2)} ${((w - drawnW) / 2).toFixed(2)} ${((h - drawnH) / 2).toFixed(2)} cm /P Do Q`;
  const picture = `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.size} >>`;
  return [
    [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${w} ${h}] /Contents ${number + 1} 0 R /Resources << /XObject << /P ${number + 2} 0 R >> >> >>`],
    [`<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`],
    [picture, "\nstream\n", jpeg, "\nendstream"],
  ];
}
