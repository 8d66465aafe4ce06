// Tanggapan: report a name that should not stand on a list; the list's page leads here with its number.

import { $ } from "../../core/dom.js";
import { query } from "../../core/texts.js";
import { bindFiling } from "../../form/filing.js";
import { startCountdown } from "../../time/countdown.js";
import { openAnyway } from "../../time/offer.js";

const number = /** @type {HTMLInputElement} */ ($("#nomor_registrasi"));
number.value ||= query("nomor");
startCountdown(query("instansi") || undefined);
openAnyway();
await bindFiling("tanggapan");
