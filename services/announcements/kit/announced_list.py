"""The list of an institution that is public now, as it stands on the site: what the kit prints and speaks of.

Read back from the site and not made anew: what is on paper is then what was searched for personal numbers and
published (domain.md, section 8), neither more nor earlier.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from services.announcements.adapters import contact_store, institution_store, site
from services.announcements.model.own_announcement import ListName
from services.announcements.pages.scan import safe_title
from services.announcements.settings import settings
from services.kernel.contact import OfficeContact
from services.kernel.web.site_pages import ANNOUNCEMENTS


class Line(NamedTuple):
    """One line of the list as it is shown; of a withheld row everything but the number is None."""

    nama: str | None
    nomor_registrasi: str
    unit_kerja: str | None
    jabatan: str | None
    kategori: str | None


@dataclass(frozen=True)
class Unit:
    """A unit that stands on the list, how many people with it, and a short mark that names it in an address."""

    mark: str
    name: str
    count: int


@dataclass(frozen=True)
class AnnouncedList:
    """Which list it is (None while registration is still counting it), since when it is public, and who is on it."""

    code: str
    institution: str
    of: ListName | None
    final: bool
    since: datetime
    closes: datetime | None
    contact: OfficeContact | None
    lines: Sequence[Line]

    @property
    def address(self) -> str:
        """Where everybody reads it."""
        return f"{settings().site_origin}{ANNOUNCEMENTS}{self.code}/"

    @property
    def units(self) -> list[Unit]:
        """The units that stand on it, by name."""
        counts = Counter(line.unit_kerja for line in self.lines if line.unit_kerja)
        return [Unit(mark_of(name), name, counts[name]) for name in sorted(counts, key=str.casefold)]

    def of_unit(self, mark: str) -> list[Line]:
        """The lines of one unit; none where no unit has that mark."""
        return [line for line in self.lines if line.unit_kerja and mark_of(line.unit_kerja) == mark]


def load_announced(code: str) -> AnnouncedList | None:
    """The list that is public now, or None while there is none, or while what stood there was taken down."""
    manifest = site.load_manifest(code)
    index = site.read(f"pengumuman/{code}/index.json") if manifest.edition and manifest.published_at else None
    if index is None or manifest.published_at is None:
        return None
    institution = institution_store.load_institution(code)
    return AnnouncedList(
        code=code,
        institution=safe_title(code, institution.title),
        of=ListName.parse(manifest.edition),
        final=manifest.edition.startswith("final"),
        since=manifest.published_at,
        closes=institution.correction_closes,
        contact=contact_store.load(code),
        lines=[Line(*cells) for cells in json.loads(index)["items"]],
    )


def mark_of(unit: str) -> str:
    """A short mark of a unit's name: units are what they are called, and an address takes no slash and no bracket."""
    return hashlib.sha256(unit.encode()).hexdigest()[:12]
