"""What the population register (Dukcapil) says of a person: a line for staff, and never a door."""

from dataclasses import dataclass, field
from enum import StrEnum


class DukcapilAnswer(StrEnum):
    """Its four answers; the last one is none, and it is asked again."""

    COCOK = "COCOK"
    TIDAK_COCOK = "TIDAK_COCOK"
    TIDAK_DITEMUKAN = "TIDAK_DITEMUKAN"
    LAYANAN_TERGANGGU = "LAYANAN_TERGANGGU"


@dataclass(frozen=True)
class DukcapilQuestion:
    """What it is asked about: numbers in digits, the name as registered, the birth date ISO 8601."""

    nik: str = field(repr=False)
    nomor_kk: str = field(repr=False)
    nama: str = field(repr=False)
    tanggal_lahir: str = field(repr=False)


@dataclass(frozen=True)
class DukcapilCheck:
    """The latest answer of a person; `at` is when it was given, in ms, `v` how often the register was asked."""

    pid: str
    answer: DukcapilAnswer
    at: int
    v: int
