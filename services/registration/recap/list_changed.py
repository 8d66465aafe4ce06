"""What of the numbered pre-final list is otherwise now: who came, who left it, and whose line says something else.

The list as it was announced lies in the exports bucket; today's lines are those of the index (docs/adr/0019).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.states import ON_PREFINAL_LIST, Category, PersonState
from services.kernel.writes import gate
from services.registration.adapters import seal_files, seal_store, search_store
from services.registration.model.edition import Edition, Purpose
from services.registration.model.search_row import SearchRow
from services.registration.search.find_people import record_shown

AT_ONCE: Final = 50


class Change(StrEnum):
    """What became of a line."""

    BERUBAH = "BERUBAH"
    """It says something else."""
    MASUK = "MASUK"
    """It was not on the list and would be."""
    KELUAR = "KELUAR"
    """It was on the list and would not be."""


class Line(BaseModel):
    """What a list says of somebody."""

    nama: str
    unit_kerja: str
    jabatan: str
    kategori: Category


class ChangedLine(BaseModel):
    """One line with both values: `before` as it was announced, null of who came; `after` as it is, null of who left.

    `id` and `state` are the record's; null where it stands under another NIK now.
    """

    nomor_registrasi: str
    change: Change
    id: str | None
    state: PersonState | None
    before: Line | None
    after: Line | None


class ChangedPage(BaseModel):
    """The lines by what became of them, some at a time; `counts` are of all.

    `number` is the list they are held against, made at `at`; null, and nothing else, where none was made.
    """

    number: int | None
    at: datetime | None
    counts: dict[Change, int]
    items: list[ChangedLine]
    cursor: str | None


@dataclass(frozen=True)
class _List:
    edition: Edition
    at: datetime


def list_changed(*, cursor: int, institution: str, actor: Actor, received: datetime) -> ChangedPage:
    """One page of the changes; that somebody of BKN or an auditor read it is written down first.

    Raises:
        Problem: `not-found` for another institution or one without a round; `try-again` when the reading could not be
            written down.
    """
    actor.require_institution(institution)
    gate.read_round(institution)
    latest = _latest(institution)
    if latest is None:
        return ChangedPage(number=None, at=None, counts={}, items=[], cursor=None)
    changed = sorted(_changed(latest.edition, actor), key=attrgetter("change", "nomor_registrasi"))
    items = changed[cursor : cursor + AT_ONCE]
    following = cursor + len(items)
    shown = [each.id or each.nomor_registrasi for each in items]
    record_shown(shown, institution=institution, actor=actor, received=received, action="read-recap")
    return ChangedPage(
        number=latest.edition.number,
        at=latest.at.astimezone(clock.WIB),
        counts=dict(Counter(each.change for each in changed)),
        items=items,
        cursor=str(following) if following < len(changed) else None,
    )


def _latest(institution: str) -> _List | None:
    made = seal_store.made(institution)
    listed = [edition for edition in made if edition.purpose is Purpose.PREFINAL]
    latest = max(listed, key=attrgetter("number"), default=None)
    return _List(latest, made[latest]) if latest else None


def _changed(edition: Edition, actor: Actor) -> Iterator[ChangedLine]:
    announced = _announced(edition)
    for _, row in search_store.all_rows(edition.institution):
        before = announced.pop(row.registration_number, None)
        after = _line(row) if row.state in ON_PREFINAL_LIST else None
        if before != after and _is_for(actor, before, after):
            yield ChangedLine(
                nomor_registrasi=row.registration_number,
                change=_change(before, after),
                id=row.pid,
                state=row.state,
                before=before,
                after=after,
            )
    for number, before in announced.items():
        if _is_for(actor, before, None):
            yield ChangedLine(
                nomor_registrasi=number, change=Change.KELUAR, id=None, state=None, before=before, after=None
            )


def _announced(edition: Edition) -> dict[str, Line]:
    """The list's lines by registration number.

    Raises:
        Problem: `try-again`, while it is being put there.
    """
    try:
        return {entry["nomor_registrasi"]: Line.model_validate(entry) for entry in seal_files.read_list(edition)}
    except LookupError:
        raise Problem(Code.TRY_AGAIN) from None


def _line(row: SearchRow) -> Line:
    return Line(nama=row.nama, unit_kerja=row.unit_kerja, jabatan=row.jabatan, kategori=row.kategori)


def _is_for(actor: Actor, *lines: Line | None) -> bool:
    return any(actor.works_for(line.unit_kerja) for line in lines if line is not None)


def _change(before: Line | None, after: Line | None) -> Change:
    if before is None:
        return Change.MASUK
    return Change.KELUAR if after is None else Change.BERUBAH
