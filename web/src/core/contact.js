// The contact of the reader's institution, from the site's own files: it stands also while no service answers.

import { $, fill, withQuery } from "./dom.js";

/** @typedef {{office: string, address: string, hours: string, phone: string, whatsapp: string, email: string}} Contact */

/**
 * Fill the page's place for it; without an answer the way to all contacts stays.
 * @param {string} code of the institution
 */
export async function showContact(code) {
  withQuery($("[data-contact] [data-ask]"), { instansi: code });
  try {
    const answer = await fetch(`/pengumuman/kontak/${encodeURIComponent(code)}.json`);
    /** @type {{contact: Contact | null}} */
    const { contact } = answer.ok ? await answer.json() : { contact: null };
    fill($("[data-contact]"), contact ? { contact, ...links(contact) } : { contact, unwritten: true });
  } catch {
    // Offline: the page has told so already.
  }
}

/** @param {Contact} contact */
const links = ({ phone, whatsapp, email }) => ({
  tel: phone && `tel:${phone.split(/ext|pes|psw/i)[0].replace(/[^\d+]/g, "")}`,
  chat: whatsapp && `https://wa.me/${whatsapp.slice(1)}`,
  mail: email && `mailto:${email}`,
});
