"""Identity numbers of people: NIK, nomor KK, NIP and mobile numbers, read from text (domain.md §9).

    InvalidIdentifier      the text is no such number, with the fault's stable code
    NikWarning, NipWarning what is odd but must not stop anybody: Dukcapil does not issue a NIK again

A number's text never appears in an exception or a representation.
"""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from services.kernel.values.names import normalise_name, split_titles
from services.kernel.values.texts import as_typed

__all__ = [
    "IdentifierFault",
    "InvalidIdentifier",
    "Kk",
    "Nik",
    "NikWarning",
    "Nip",
    "NipWarning",
    "Sex",
    "mask_nik",
    "nik_warnings",
    "normalise_name",
    "read_kk",
    "read_nik",
    "read_nip",
    "read_phone",
    "split_titles",
]

# A NIK holds two digits of the year. Nobody in a census of workers is born after this year, and nobody
# born a hundred years before it is still at work, so 00 to 16 mean 2000 to 2016 and 17 to 99 mean 1917 to 1999.
LATEST_BIRTH_YEAR: Final = 2016
_FEMALE_DAY_OFFSET: Final = 40

NO_SERIAL: Final = "0000"
REPEATED: Final = frozenset(digit * 16 for digit in "0123456789")
"""Sixteen times the same digit: neither a NIK nor a KK, whatever it would say."""

_SEPARATORS: Final = re.compile(r"[\s.\-()/]+")
_MOBILE: Final = re.compile(r"(?:\+?62|0)(8[1-9][0-9]{7,10})")


class Sex(StrEnum):
    """Sex as the register writes it: laki-laki or perempuan."""

    MALE = "L"
    FEMALE = "P"


class IdentifierFault(StrEnum):
    """Why a text is no identity number. The values are stable: they reach answers and forms."""

    NIK_LENGTH = "nik-length"
    NIK_REPEATED = "nik-repeated"
    NIK_DAY = "nik-day"
    NIK_MONTH = "nik-month"
    NIK_DATE = "nik-date"
    NIK_SERIAL = "nik-serial"
    KK_LENGTH = "kk-length"
    KK_REPEATED = "kk-repeated"
    KK_SERIAL = "kk-serial"
    NIP_LENGTH = "nip-length"
    NIP_REPEATED = "nip-repeated"
    NIP_DATE = "nip-date"
    NIP_SEX = "nip-sex"
    PHONE = "phone"


class NikWarning(StrEnum):
    """What a NIK says that the row says otherwise."""

    BIRTH_DATE = "nik-birth-date"
    SEX = "nik-sex"
    AREA = "nik-area"


class NipWarning(StrEnum):
    """A NIP whose middle is no month of appointment: a PPPK number."""

    PPPK = "nip-pppk"


class InvalidIdentifier(ValueError):
    """The text is no such number; `code` says why, and the text itself is not kept."""

    def __init__(self, code: IdentifierFault) -> None:
        super().__init__(code.value)
        self.code = code


class Nik(NamedTuple):
    """A national identity number and what it tells: `PPKKCC DDMMYY NNNN`."""

    digits: str
    area: str
    birth_date: date
    sex: Sex

    def __repr__(self) -> str:
        return f"Nik({mask_nik(self.digits)})"


class Kk(NamedTuple):
    """A family card's number."""

    digits: str
    area: str

    def __repr__(self) -> str:
        return "Kk(…)"


class Nip(NamedTuple):
    """A civil servant's number: `YYYYMMDD YYYYMM S NNN`; a PPPK has no month of appointment."""

    digits: str
    birth_date: date
    sex: Sex
    warnings: tuple[NipWarning, ...]

    def __repr__(self) -> str:
        return "Nip(…)"


def read_nik(text: str) -> Nik:
    """Read a NIK of 16 digits without separators.

    Raises:
        InvalidIdentifier: not 16 digits, all digits equal, day not 01 to 31 or 41 to 71, month not 01 to 12,
            a date that does not exist, or serial 0000.
    """
    if not (len(text) == 16 and text.isascii() and text.isdecimal()):
        raise InvalidIdentifier(IdentifierFault.NIK_LENGTH)
    if text in REPEATED:
        raise InvalidIdentifier(IdentifierFault.NIK_REPEATED)
    birth_date, sex = read_birth(text[6:12])
    if text.endswith(NO_SERIAL):
        raise InvalidIdentifier(IdentifierFault.NIK_SERIAL)
    return Nik(text, text[:6], birth_date, sex)


@cache  # every birth date and sex there can be, some 73,000: a large file repeats them
def read_birth(ddmmyy: str) -> tuple[date, Sex]:
    """Read the six digits of a NIK that tell the birth date and, by 40 more days, a woman.

    Raises:
        InvalidIdentifier: no such day, month or date.
    """
    day, month, year = int(ddmmyy[:2]), int(ddmmyy[2:4]), int(ddmmyy[4:])
    sex = Sex.FEMALE if day > _FEMALE_DAY_OFFSET else Sex.MALE
    day -= _FEMALE_DAY_OFFSET if sex is Sex.FEMALE else 0
    if not 1 <= day <= 31:
        raise InvalidIdentifier(IdentifierFault.NIK_DAY)
    if not 1 <= month <= 12:
        raise InvalidIdentifier(IdentifierFault.NIK_MONTH)
    century = 2000 if 2000 + year <= LATEST_BIRTH_YEAR else 1900
    return _existing(century + year, month, day, IdentifierFault.NIK_DATE), sex


def nik_warnings(
    nik: Nik, birth_date: date | None, sex: Sex | str | None, is_known_area: Callable[[str], bool]
) -> list[NikWarning]:
    """What the NIK says otherwise than the row. What the row leaves open is not compared.

    `is_known_area` takes the six digits of province, regency and district.
    """
    found = []
    if birth_date is not None and birth_date != nik.birth_date:
        found.append(NikWarning.BIRTH_DATE)
    if sex is not None and sex != nik.sex:
        found.append(NikWarning.SEX)
    if not is_known_area(nik.area):
        found.append(NikWarning.AREA)
    return found


def read_kk(text: str) -> Kk:
    """Read the 16 digits of a family card: area, date of recording, serial.

    Raises:
        InvalidIdentifier: not 16 digits, all digits equal, or serial 0000.
    """
    if not (len(text) == 16 and text.isascii() and text.isdecimal()):
        raise InvalidIdentifier(IdentifierFault.KK_LENGTH)
    if text in REPEATED:
        raise InvalidIdentifier(IdentifierFault.KK_REPEATED)
    if text.endswith(NO_SERIAL):
        raise InvalidIdentifier(IdentifierFault.KK_SERIAL)
    return Kk(text, text[:6])


def read_nip(text: str) -> Nip:
    """Read the 18 digits of a NIP as typed; spaces between its parts are allowed.

    Raises:
        InvalidIdentifier: not 18 digits, all digits equal, an impossible birth date, or a sex digit
            other than 1 and 2.
    """
    digits = "".join(as_typed(text).split())
    if not (len(digits) == 18 and digits.isascii() and digits.isdecimal()):
        raise InvalidIdentifier(IdentifierFault.NIP_LENGTH)
    if digits.count(digits[0]) == 18:
        raise InvalidIdentifier(IdentifierFault.NIP_REPEATED)
    born = _existing(int(digits[:4]), int(digits[4:6]), int(digits[6:8]), IdentifierFault.NIP_DATE)
    if digits[14] not in "12":
        raise InvalidIdentifier(IdentifierFault.NIP_SEX)
    warnings = () if 1 <= int(digits[12:14]) <= 12 else (NipWarning.PPPK,)
    return Nip(digits, born, Sex.MALE if digits[14] == "1" else Sex.FEMALE, warnings)


def read_phone(text: str) -> str:
    """Read an Indonesian mobile number typed as `08…`, `628…` or `+628…`; return it as E.164, `+628…`.

    Raises:
        InvalidIdentifier: anything else, land lines included.
    """
    match = _MOBILE.fullmatch(_SEPARATORS.sub("", as_typed(text)))
    if match is None:
        raise InvalidIdentifier(IdentifierFault.PHONE)
    return f"+62{match[1]}"


def mask_nik(digits: str) -> str:
    """Show a NIK as `9901**********02`: the middle is a birth date, so ten digits go (domain.md §8)."""
    if len(digits) != 16:
        return "*" * len(digits)
    return f"{digits[:4]}{'*' * 10}{digits[-2:]}"


def _existing(year: int, month: int, day: int, fault: IdentifierFault) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidIdentifier(fault) from None
