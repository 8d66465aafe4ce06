// How values look: instants with their zone, dates, counts, sizes, durations.

import { label, language, text } from "./texts.js";

const LOCALE = language === "en" ? "en-GB" : "id-ID";
/** Legal times of Indonesia by offset. */
const ZONES = {
  "+07:00": ["Asia/Jakarta", "WIB"],
  "+08:00": ["Asia/Makassar", "WITA"],
  "+09:00": ["Asia/Jayapura", "WIT"],
};

/**
 * "22 Oktober 2022 pukul 17.00 WIB", in the zone the instant carries. Midnight itself ends its day: told as 00.00 of the
 * next one, a close would be taken for a day later.
 * @param {string} iso
 */
export const instant = (iso) => told(iso, true);

/** From when something holds: midnight begins its day, "24 Agustus 2022 pukul 00.00 WIB". @param {string} iso */
export const beginning = (iso) => told(iso, false);

/** @param {string} iso @param {boolean} ends whether midnight ends its day */
function told(iso, ends) {
  const [zone, name] = ZONES[/** @type {keyof typeof ZONES} */ (iso.slice(-6))] ?? ZONES["+07:00"];
  const when = new Date(iso);
  const time = new Intl.DateTimeFormat(LOCALE, { timeStyle: "short", timeZone: zone }).format(when);
  const midnight = ends && /^00\D00$/.test(time) && when.getTime() % 60_000 === 0;
  const day = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeZone: zone }).format(midnight ? when.getTime() - 1 : when);
  return `${day}${text("at")}${midnight ? time.replace("00", "24") : time} ${name}`;
}

/** A calendar day, "YYYY-MM-DD". @param {string} iso */
export function date(iso) {
  const when = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeZone: "UTC" }).format(when);
}

/** @param {number} value */
export const number = (value) => new Intl.NumberFormat(LOCALE).format(value);

/** Bytes, as a person says them. @param {number} bytes */
export function size(bytes) {
  const [value, unit] = bytes >= 1048576 ? [bytes / 1048576, "MB"] : [bytes / 1024, "KB"];
  return `${new Intl.NumberFormat(LOCALE, { maximumFractionDigits: unit === "MB" ? 1 : 0 }).format(value)} ${unit}`;
}

/** Time left, its two largest units. @param {number} milliseconds */
export function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  /** @type {[string, number][]} */
  const units = [
    ["days", Math.floor(seconds / 86400)],
    ["hours", Math.floor(seconds / 3600) % 24],
    ["minutes", Math.floor(seconds / 60) % 60],
    ["seconds", seconds % 60],
  ];
  const first = units.findIndex(([, n]) => n > 0);
  const shown = first < 0 ? units.slice(3) : units.slice(first, first + 2).filter(([, n], i) => i === 0 || n > 0);
  return shown.map(([unit, n]) => text(unit, { n })).join(" ");
}

const COLOURS = {
  green: ["MEMENUHI_SYARAT", "DITERIMA", "LOLOS", "SELESAI", "SPTJM_DITERIMA", "AKTIF", "DISETUJUI", "DIBERI", "SIAP"],
  red: ["TIDAK_MEMENUHI_SYARAT", "DITOLAK", "TIDAK", "DIHAPUS", "TIDAK_MENDATA"],
  orange: ["TINJAU_ULANG", "DIKEMBALIKAN", "KONFLIK", "PERLU_DITINJAU", "DITUTUP", "PRAFINAL", "BATAL", "MENUNGGU_PERSETUJUAN", "MENUNGGU_KONFIRMASI", "MENUNGGU"],
  grey: ["DRAF", "DIGANTI", "GUGUR", "DICABUT", "PINDAH", "BELUM", "BELUM_MULAI", "DUPLIKAT", "MENUNGGU_UNGGAH", "LEWAT", "DITARIK", "NONAKTIF", "BERAKHIR"],
};

/** The tag colour of a code; blue where nothing else is meant. @param {string} code */
export function colour(code) {
  return Object.entries(COLOURS).find(([, codes]) => codes.includes(code))?.[0] ?? "blue";
}

const SECTIONS = {
  state: "states",
  meaning: "state_meanings",
  advice: "advice",
  criterion: "criteria",
  verdict: "verdicts",
  category: "categories",
  file: "files",
  file_state: "file_states",
  import_state: "import_states",
  sheet_state: "sheet_states",
  printing_state: "printing_states",
  assurance: "assurances",
  outcome: "outcomes",
  phase: "phases",
  window: "windows",
  sptjm: "sptjm",
  extension: "extensions",
  case_state: "case_states",
  case_kind: "case_kinds",
  writer: "writers",
  topic: "topics",
  application: "applications",
  published_field: "published_fields",
  personal_number: "personal_numbers",
  request_state: "request_states",
  role: "roles",
  banner_level: "banner_levels",
  invitation: "invitations",
  account_state: "account_states",
};

/**
 * A value in the words of the page.
 * @param {any} value
 * @param {string} format name of a format, or "option:<list>"
 * @returns {string}
 */
export function show(value, format) {
  if (value === null || value === undefined || value === "") return { plain: "", count: "", until: text("until_now"), where: text("here") }[format] ?? text("none");
  if (format.startsWith("option:")) return label(`options.${format.slice(7)}`, value);
  if (format in SECTIONS) return label(SECTIONS[/** @type {keyof typeof SECTIONS} */ (format)], value);
  const formats = { instant, beginning, date, number, count: number, until: date };
  const made = formats[/** @type {keyof typeof formats} */ (format)];
  return made ? made(/** @type {never} */ (value)) : String(value);
}
