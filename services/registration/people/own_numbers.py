"""Numbers and dates of a person's own in his published fields: only registration knows them (domain.md, section 8).

`personal_numbers.find_personal_number` sees what looks like a number of anybody. This sees what is his, however it is
written: his birth date in words, which nobody else can tell from the name of a school ("SMA 17 Agustus 1945").
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from services.kernel.findings import Finding, PublishedField
from services.kernel.personal_numbers import MONTHS, PersonalNumber, as_seen
from services.registration.people.record import Person

_DIGITS: Final = re.compile(r"\d+")
_LEAST: Final = 8
"""Digits of a phone number that make it one: fewer stand in many names of units."""
_GAP: Final = r"[ .,\-/]*"


def own_findings(person: Person, contact: Mapping[str, str | None] | None = None) -> list[Finding]:
    """Where his name, unit or job holds his NIK, nomor KK or birth date, or his phone or e-mail if `contact` is given.

    `contact` holds what stands with his account: hp (E.164) and email.
    """
    worth = ((field, _plain(text)) for field, text in published_fields(person).items() if _worth(text))
    searched = ((field, _find(text, person, contact or {})) for field, text in worth)
    return [Finding(field, kind) for field, kind in searched if kind is not None]


def is_worth_a_contact(person: Person) -> bool:
    """Whether his phone or e-mail could stand there at all: reading them takes an account's item for each person."""
    texts = map(_plain, published_fields(person).values())
    return any("@" in text or len(_digits(text)) >= _LEAST for text in texts)


def published_fields(person: Person) -> dict[PublishedField, str]:
    """What others see of him that somebody typed."""
    return {
        PublishedField.NAMA: person.nama,
        PublishedField.UNIT_KERJA: person.unit_kerja,
        PublishedField.JABATAN: person.jabatan,
    }


def _find(text: str, person: Person, contact: Mapping[str, str | None]) -> PersonalNumber | None:
    for kind, number in _numbers(person, contact):
        if number in _digits(text):
            return kind
    email = contact.get("email")
    if email and email.casefold() in text.replace(" ", ""):
        return PersonalNumber.EMAIL
    return PersonalNumber.BIRTH_DATE if _holds_day(text, _row(person).get("tanggal_lahir")) else None


def _numbers(person: Person, contact: Mapping[str, str | None]) -> Iterator[tuple[PersonalNumber, str]]:
    known = (_row(person).get("nik"), person.private.get("contact", {}).get("nomor_kk"))
    yield from ((PersonalNumber.SIXTEEN_DIGITS, number) for number in known if number)
    phone = (contact.get("hp") or "").removeprefix("+62")
    if len(phone) >= _LEAST:
        yield PersonalNumber.PHONE, phone


def _row(person: Person) -> Mapping[str, str]:
    row: Mapping[str, str] = person.private.get("row", {})
    return row


def _holds_day(text: str, iso: str | None) -> bool:
    """Whether the day stands there in words, in numbers, or in eight digits without anything between."""
    if not iso:
        return False
    born = date.fromisoformat(iso)
    if {f"{born:%d%m%Y}", f"{born:%Y%m%d}"} & set(_DIGITS.findall(text)):
        return True
    month, day, year = MONTHS[born.month - 1], f"0?{born.day}", f"(?:{born:%Y}|{born:%y})"
    ways = (
        rf"(?<!\d){day}{_GAP}(?:{month}){_GAP}{year}(?!\d)",
        rf"\b(?:{month}){_GAP}{day}{_GAP}{year}(?!\d)",
        rf"(?<!\d){born:%Y}{_GAP}(?:{month}){_GAP}{day}(?!\d)",
        rf"(?<!\d){day}[ .\-/]+0?{born.month}[ .\-/]+{year}(?!\d)",
    )
    return any(re.search(way, text) for way in ways)


def _worth(text: str) -> bool:
    return not text.isascii() or any(character.isdigit() or character == "@" for character in text)


def _plain(text: str) -> str:
    return as_seen(text).casefold()


def _digits(text: str) -> str:
    return "".join(_DIGITS.findall(text))
