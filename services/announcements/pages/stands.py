"""Is what was found on the site already? Then what stands there was no clean list, and comes down.

A row is found late when only its person's contact betrays it, which became known after it was published, or when the
search learnt something new. What stands on the site otherwise is the last list that was clean, and stays.
"""

import json
from collections.abc import Mapping, Sequence

from services.announcements.adapters import institution_store, site
from services.announcements.model.institution import Institution, Row
from services.announcements.pages.choose_list import PublicList
from services.announcements.pages.scan import Place
from services.kernel.security.findings import PublishedField

_COLUMN = {
    PublishedField.NAMA: Row._fields.index("nama"),
    PublishedField.UNIT_KERJA: Row._fields.index("unit_kerja"),
    PublishedField.JABATAN: Row._fields.index("jabatan"),
}


def stands(institution: Institution, public: PublicList) -> bool:
    """Whether the site shows a text in which something was found, in a row or as the institution's name."""
    rows = {row.nomor_registrasi: row for row in public.found}
    shown = _shown(institution.code) if rows else {}
    return any(
        _is_shown(place, rows[place.nomor_registrasi], shown) if place.nomor_registrasi else _is_named(institution)
        for place in public.places
    )


def _is_shown(place: Place, row: Row, shown: Mapping[str, Sequence[str | None]]) -> bool:
    there = shown.get(row.nomor_registrasi)
    column = _COLUMN[place.field]
    return there is not None and there[column] == row[column]


def _shown(code: str) -> dict[str, Sequence[str | None]]:
    """The rows of the list that stands on the site, by registration number."""
    index = site.read(f"pengumuman/{code}/index.json")
    return {} if index is None else {row[1]: row for row in json.loads(index)["items"]}


def _is_named(institution: Institution) -> bool:
    line = institution_store.load_summary(institution.code)
    return line is not None and line.title == institution.title
