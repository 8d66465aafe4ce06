"""Print, for one unit, the statement that its head may sign for the PPK (domain.md, section 2: optional)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.aws import exports
from services.kernel.aws.dynamodb import Busy
from services.kernel.documents import PDF
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.states import GONE
from services.kernel.values.units import is_among
from services.kernel.writes import gate
from services.registration.adapters import access_log, search_store, unit_store
from services.registration.model import places
from services.registration.model.search_row import SearchRow, unit_term
from services.registration.model.unit import Unit
from services.registration.recap.render_statement import Member, UnitPaper, render_statement
from services.registration.settings import settings
from services.registration.shared.institution_view import view_institution

MOST: Final = 5000
"""People of one paper: seconds to draw, and more than a head can read and sign."""
_TOO_MANY: Final = (
    "Unit kerja ini berisi lebih dari 5.000 orang, terlalu banyak untuk satu pernyataan. Bagi unit ini pada daftar "
    "unit kerja, perbaiki unit orangnya, lalu cetak pernyataan tiap bagian."
)


def hand_out_statement(unit_id: str, *, institution: str, actor: Actor, received: datetime) -> str:
    """The link to the paper, good for five minutes; that it was printed is written down first.

    Raises:
        Problem: `not-found` for another institution, for a unit that is not on its list or where nobody stands;
            `too-large` for a unit of more than `MOST` people; `try-again`.
    """
    actor.require_institution(institution)
    gate.read_round(institution)
    unit = unit_store.load(institution).find(unit_id)
    if unit is None or not actor.works_for(unit.name):
        raise Problem(Code.NOT_FOUND)
    rows = _rows(institution, unit)
    if not rows:
        raise Problem(Code.NOT_FOUND)
    access_log.record_reading(institution, actor, "print-statement", received, {"unit": unit.id, "people": len(rows)})
    content = render_statement(_paper(institution, unit, rows))
    return exports.hand_out(
        settings().exports_bucket, content, filename=f"pernyataan-unit-{unit.id}.pdf", content_type=PDF
    )


def _rows(institution: str, unit: Unit) -> list[SearchRow]:
    """Everybody of the unit under any of its names, by name; who is gone is not among them."""
    try:
        found = sorted(_rows_at(institution, unit), key=lambda row: (row.nama.casefold(), row.registration_number))
    except Busy as busy:
        raise Problem(Code.TRY_AGAIN, retry_after=1) from busy
    if len(found) > MOST:
        raise Problem(Code.TOO_LARGE, _TOO_MANY)
    return found


def _rows_at(institution: str, unit: Unit) -> Iterator[SearchRow]:
    terms = [unit_term(name) for name in unit.names]
    index = search_store.read(institution, sorted({term.bucket for term in terms}), None)
    stored = [index.buckets.get(term.bucket, {}).get(term.term) for term in terms]
    wanted = list(places.members(places.union([each for each in stored if each])))
    for row in search_store.read_rows(institution, wanted).values():
        if row.state not in GONE and is_among(row.unit_kerja, unit.names):
            yield row


def _paper(institution: str, unit: Unit, rows: list[SearchRow]) -> UnitPaper:
    members = [Member(row.registration_number, row.nama, row.jabatan, row.kategori, row.state) for row in rows]
    return UnitPaper(view_institution(institution).name, unit.name, clock.now(), members)
