"""The rules of the 2022 census: letter B/1511/M.SM.01.00/2022 of 22 July 2022 and what followed it."""

from dataclasses import replace
from datetime import date
from typing import Final

from services.kernel.states import Category
from services.registration.eligibility.blocklist import BlockedTitle, Blocklist
from services.registration.eligibility.rules import RuleSet

# Drivers, cleaners and guards are work to be contracted out, said the first letter; the second listed the
# titles met in the census. Its annex of 264 titles is not public in full: these are the families it
# names, and an operator of the portal loads the annex in their place.
_OUTSOURCED: Final = ("B/185/M.SM.02.03/2022", date(2022, 5, 31))
_LISTED: Final = ("B/1971/SM.01.00/2022", date(2022, 10, 7))

_TITLES: Final[dict[tuple[str, date], tuple[str, ...]]] = {
    _OUTSOURCED: ("Pengemudi", "Tenaga Kebersihan", "Satuan Pengamanan"),
    _LISTED: (
        "Sopir",
        "Supir",
        "Driver",
        "Petugas Kebersihan",
        "Pramu Kebersihan",
        "Cleaning Service",
        "Office Boy",
        "Pramubakti",
        "Satpam",
        "Security",
        "Petugas Keamanan",
        "Tenaga Keamanan",
        "Petugas Pengamanan",
        "Tenaga Pengamanan",
        "Pengamanan Dalam",
        "Pamdal",
        "Penjaga Kantor",
        "Penjaga Malam",
        "Penjaga Sekolah",
    ),
}

RULES_2022: Final = RuleSet(
    version="2022.3",
    letter="Surat Menteri PANRB B/1511/M.SM.01.00/2022",
    active_on=date(2022, 7, 22),
    service_until=date(2021, 12, 31),
    min_service_days=365,
    count_both_ends=True,
    count_other_institutions=False,
    wants_proof=True,
    first_sk_until=date(2021, 12, 31),
    doubts_lone_sk=True,
    max_days_to_sk=365,
    age_on=date(2021, 12, 31),
    min_age=20,
    max_age=56,
    age_exempt=frozenset({Category.THK_II}),
    passing_sources=frozenset({"APBN_51", "APBD_51", "BOS"}),
    failing_sources=frozenset({"AKUN_52", "AKUN_53", "BLU_BLUD", "LAINNYA"}),
    passing_signatories=frozenset(
        {"PPK", "JPT_UTAMA", "JPT_MADYA", "JPT_PRATAMA", "ADMINISTRATOR", "PENGAWAS", "KEPALA_UNIT"}
    ),
    failing_signatories=frozenset({"DI_BAWAH_KEPALA_UNIT"}),
    blocklist=Blocklist(
        BlockedTitle(title, f"Surat {letter}", effective)
        for (letter, effective), titles in _TITLES.items()
        for title in titles
    ),
)

# Advice of these versions are stored: until 2022.2 nobody looked at the date of the SK, until 2022.3 nobody asked for
# proof, and one late SK failed as two do.
_RULES_2022_2: Final = replace(RULES_2022, version="2022.2", wants_proof=False, doubts_lone_sk=False)
_RULES_2022_1: Final = replace(_RULES_2022_2, version="2022.1", first_sk_until=None)

RULE_SETS: Final = {each.version: each for each in (_RULES_2022_1, _RULES_2022_2, RULES_2022)}
