"""Area codes of identity numbers: provinces, and the districts of the fictional province 99.

The province list is the one in force during the 2022 census. Regencies and districts of real provinces
are loaded by the operator of the portal; until then a real number is known by its province alone.
"""

from typing import Final

PROVINCES: Final[dict[str, str]] = {
    "11": "Aceh",
    "12": "Sumatera Utara",
    "13": "Sumatera Barat",
    "14": "Riau",
    "15": "Jambi",
    "16": "Sumatera Selatan",
    "17": "Bengkulu",
    "18": "Lampung",
    "19": "Kepulauan Bangka Belitung",
    "21": "Kepulauan Riau",
    "31": "DKI Jakarta",
    "32": "Jawa Barat",
    "33": "Jawa Tengah",
    "34": "DI Yogyakarta",
    "35": "Jawa Timur",
    "36": "Banten",
    "51": "Bali",
    "52": "Nusa Tenggara Barat",
    "53": "Nusa Tenggara Timur",
    "61": "Kalimantan Barat",
    "62": "Kalimantan Tengah",
    "63": "Kalimantan Selatan",
    "64": "Kalimantan Timur",
    "65": "Kalimantan Utara",
    "71": "Sulawesi Utara",
    "72": "Sulawesi Tengah",
    "73": "Sulawesi Selatan",
    "74": "Sulawesi Tenggara",
    "75": "Gorontalo",
    "76": "Sulawesi Barat",
    "81": "Maluku",
    "82": "Maluku Utara",
    "91": "Papua",
    "92": "Papua Barat",
    "93": "Papua Selatan",
    "94": "Papua Tengah",
    "95": "Papua Pegunungan",
    "99": "Provinsi Contoh",
}

REGENCIES: Final[dict[str, str]] = {
    "9901": "Kabupaten Contoh Satu",
    "9902": "Kota Contoh Dua",
    "9903": "Kabupaten Contoh Tiga",
    "9971": "Kota Contoh Empat",
}

DISTRICTS: Final[dict[str, str]] = {
    "990101": "Sukamaju Contoh",
    "990102": "Tirta Contoh",
    "990103": "Mekar Contoh",
    "990104": "Bukit Contoh",
    "990105": "Lembah Contoh",
    "990106": "Muara Contoh",
    "990201": "Contoh Utara",
    "990202": "Contoh Selatan",
    "990203": "Contoh Timur",
    "990204": "Contoh Barat",
    "990205": "Contoh Tengah",
    "990301": "Padang Contoh",
    "990302": "Rimba Contoh",
    "990303": "Pantai Contoh",
    "997101": "Kota Lama Contoh",
    "997102": "Kota Baru Contoh",
}

_DETAILED_PROVINCES: Final = frozenset(code[:2] for code in DISTRICTS)


def is_known_area(code: str) -> bool:
    """Whether the six digits of a NIK name a district we know, or lie in a province without detail here."""
    return code in DISTRICTS or (code[:2] in PROVINCES and code[:2] not in _DETAILED_PROVINCES)
