"""The one door between what people typed and what is published: rows and names pass it, or are held back.

Searched is every value that was supplied: name, unit and job of each row, and the institution's name. Registration
numbers, counts, hashes and salts are ours and exempt by field, not by how they look: one of a hundred random hashes
holds sixteen decimal digits in a row (domain.md, section 8).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NewType

from services.announcements.model.institution import Row
from services.kernel.security.findings import Finding, PublishedField, search
from services.kernel.security.personal_numbers import PersonalNumber

Clean = NewType("Clean", list[Row])
"""Rows that were searched; pages and indexes are made of nothing else."""


@dataclass(frozen=True)
class Place:
    """Where something like a personal number stands: in a field of a row, or (without a number) of the institution."""

    nomor_registrasi: str | None
    field: PublishedField
    kind: PersonalNumber


@dataclass(frozen=True)
class Searched:
    """The rows that may be shown, the others, and where these hold what."""

    clean: Clean
    found: Sequence[Row] = ()
    places: Sequence[Place] = ()

    @property
    def withheld(self) -> list[str]:
        """The registration numbers of the rows that may not be shown."""
        return sorted({place.nomor_registrasi for place in self.places if place.nomor_registrasi})


def search_rows(rows: Iterable[tuple[Row, Sequence[Finding]]], released: Iterable[str] = ()) -> Searched:
    """Divide rows, each with what registration knows to be its own; those bkn has released count as clean."""
    clean, found, places, free = Clean([]), list[Row](), list[Place](), frozenset(released)
    for row, own in rows:
        here = () if row.nomor_registrasi in free else _search_row(row, own)
        places += [Place(row.nomor_registrasi, one.field, one.kind) for one in here]
        (found if here else clean).append(row)
    return Searched(clean, found, places)


def search_title(title: str | None) -> list[Place]:
    """Where an institution's name holds a personal number: nowhere, or in itself."""
    return [Place(None, one.field, one.kind) for one in search({PublishedField.INSTANSI: title or ""})]


def safe_title(code: str, title: str | None) -> str:
    """An institution's name, or its code in place of one that is not known or may not be shown."""
    return title if title and not search_title(title) else f"Instansi {code}"


def _search_row(row: Row, own: Sequence[Finding]) -> list[Finding]:
    texts = {
        PublishedField.NAMA: row.nama,
        PublishedField.UNIT_KERJA: row.unit_kerja,
        PublishedField.JABATAN: row.jabatan,
    }
    found = search(texts)
    known = {one.field for one in found}
    return [*found, *{one.field: one for one in own if one.field not in known}.values()]
