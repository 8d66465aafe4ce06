"""Generated people of the fictional province 99, the same for the same seed.

`person(seed)` gives the fields of the import template as they are stored (dates ISO 8601, choices as
codes) and beside them what a person himself gives: `nomor_kk`, `hp`, `email`.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from services.kernel.reference.areas import DISTRICTS, REGENCIES
from tools.sample.words import FAMILY, FEMALE, JOBS, MALE, SCHOOLS

_AREAS = tuple(DISTRICTS)
_THK2_SHARE = 180_128 / 2_360_723  # of the final list of 2022
_SCHOOL_YEARS = {"SLTA": 19, "D3": 22, "S1": 23, "S2": 26}


def person(seed: int, **changes: Any) -> dict[str, Any]:
    """Make a person who meets every criterion; `changes` replace fields, and None takes one away.

    People of different seeds below 150,000 have different NIKs. A changed `tanggal_lahir` or
    `jenis_kelamin` changes the NIK with it, unless `nik` is given too.
    """
    random = Random(seed)  # noqa: S311 - the same data for the same seed
    sex = changes.get("jenis_kelamin") or random.choice("LP")
    born = _day(random, date(1967, 1, 1), date(1993, 12, 31))
    if "tanggal_lahir" in changes:
        born = date.fromisoformat(changes["tanggal_lahir"])
    made = _identity(random, seed, born, sex) | _career(random, born)
    if random.random() < _THK2_SHARE:
        made["no_peserta_thk2"] = f"99{random.randrange(10**10):010}"
    return {key: value for key, value in (made | changes).items() if value is not None}


def people(count: int, first: int = 0) -> list[dict[str, Any]]:
    """Make several people by consecutive seeds."""
    return [person(seed) for seed in range(first, first + count)]


def published(random: Random) -> tuple[str, str, str]:
    """Draw what a list shows of somebody: name, unit, job; for lists of many, of which nothing else is wanted."""
    name = _name(random, random.choice("LP"))
    job, _, _, unit, _ = random.choice(JOBS)
    return name, unit.format(n=random.randrange(1, 60)), job


def nik_of(seed: int, born: date, sex: str) -> str:
    """Make a NIK: area and serial follow from the seed, so that no two seeds share one."""
    area = _AREAS[seed // 9999 % len(_AREAS)]
    day = born.day + (40 if sex == "P" else 0)
    return f"{area}{day:02}{born:%m%y}{seed % 9999 + 1:04}"


def _identity(random: Random, seed: int, born: date, sex: str) -> dict[str, Any]:
    nik = nik_of(seed, born, sex)
    name = _name(random, sex)
    handle = "".join(name.lower().split())
    return {
        "nik": nik,
        "nama": name,
        "tanggal_lahir": born.isoformat(),
        "tempat_lahir": random.choice(tuple(REGENCIES.values())).split(" ", 1)[1],
        "jenis_kelamin": sex,
        "nomor_kk": f"{nik[:6]}{_day(random, date(2005, 1, 1), date(2020, 12, 31)):%d%m%y}{seed % 9999 + 1:04}",
        "hp": f"+62899{random.randrange(10**7):07}",
        "email": f"{handle}.{seed}@contoh.example",
    }


def _name(random: Random, sex: str) -> str:
    given = random.sample(MALE if sex == "L" else FEMALE, 2 if random.random() < 0.4 else 1)
    return " ".join([*given, random.choice(FAMILY)])


def _career(random: Random, born: date) -> dict[str, Any]:
    job, asn_job, level, unit, head = random.choice(JOBS)
    number = random.randrange(1, 60)
    finished = born.year + _SCHOOL_YEARS[level]
    graduated = min(_day(random, date(finished, 5, 1), date(finished, 9, 30)), date(2020, 6, 30))
    start = _day(random, max(graduated, date(2005, 1, 1)), date(2020, 12, 1))
    signed = start - timedelta(days=random.randrange(1, 20))
    return {
        "pendidikan": level,
        "nomor_ijazah": f"DN-99/{random.randrange(10**7):07}",
        "tanggal_lulus": graduated.isoformat(),
        "sekolah": random.choice(SCHOOLS[level]).format(n=random.randrange(1, 20)),
        "nomor_sk": f"800/{random.randrange(1, 3000)}/BKD/{signed.year}",
        "tanggal_sk": signed.isoformat(),
        "tanggal_mulai": start.isoformat(),
        "pendidikan_sk": level,
        "jabatan": job,
        "konversi_jabatan": asn_job,
        "unit_kerja": unit.format(n=number),
        "jabatan_penandatangan": head.format(n=number),
        "jenis_jabatan_penandatangan": "KEPALA_UNIT" if "{n}" in head else "JPT_PRATAMA",
        "sumber_pembayaran": random.choice(("APBD_51", "APBD_51", "APBN_51", "BOS")),
        "nominal_honor": random.randrange(4, 40) * 50_000,
    }


def _day(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange((last - first).days + 1))
