"""Find an institution's people by any words of the name, number, unit, state, advice, papers, account and flags.

Two calls of DynamoDB a page, however the filters are combined: one for the sets, one for the lines (docs/adr/0018).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final, Self

from pydantic import BaseModel

from services.kernel.aws.dynamodb import Busy
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import NATIONAL, Actor
from services.kernel.states import Category, PersonState
from services.kernel.writes import gate
from services.registration.access.risk_readers import may_know, require_reader
from services.registration.adapters import access_log, search_store
from services.registration.adapters.search_store import Index
from services.registration.model import places
from services.registration.model.risk import Risk
from services.registration.model.search_row import Flag, SearchRow
from services.registration.search.fitting import all_of, buckets_of
from services.registration.search.wanted import ANYBODY, AccountIs, Condition, FamilyIs, Papers, Wanted

BUDGET: Final = 30
"""Read units of a page."""
_FEWEST: Final = 10
"""Lines of a page, whatever the sets cost."""
_LINE: Final = 0.5
"""Read units of a block of lines; two lines may stand in one."""


@dataclass(frozen=True)
class Page:
    """Who is looked for, the place to go on from, and how many lines at most."""

    wanted: Wanted = ANYBODY
    cursor: str | None = None
    limit: int = 50


class RosterRow(BaseModel):
    """A person in the list; `lacking` are papers a verdict would need a reason without, or none.

    `active` is false for whoever says that he works there no more. `risks` are told those who decide, answer for it or
    supervise, and nobody of himself; null for who is not told.
    """

    id: str
    v: int
    nomor_registrasi: str
    nama: str
    unit_kerja: str
    jabatan: str
    kategori: Category
    state: PersonState
    overall: str
    active: bool | None
    account: AccountIs
    lacking: list[Papers]
    flags: list[Flag]
    family: FamilyIs
    risks: list[Risk] | None

    @classmethod
    def of(cls, row: SearchRow, actor: Actor) -> Self:
        """The person as he is listed for the actor."""
        return cls(
            id=row.pid,
            v=row.v,
            nomor_registrasi=row.registration_number,
            nama=row.nama,
            unit_kerja=row.unit_kerja,
            jabatan=row.jabatan,
            kategori=row.kategori,
            state=row.state,
            overall=row.overall,
            active=row.active,
            account=AccountIs(row.account),
            lacking=[Papers(each) for each in row.lacking],
            flags=list(row.flags),
            family=FamilyIs(row.family),
            risks=list(row.all_risks) if may_know(actor, row.pid) else None,
        )


class RosterPage(BaseModel):
    """Some of the list, and the cursor that asks for more; `found` is how many are in it altogether.

    By name where one page holds all, those first with whose verdict a second check does not agree; else in the order in
    which they were listed.
    """

    items: list[RosterRow]
    cursor: str | None
    found: int


def find_people(page: Page, *, institution: str, actor: Actor, received: datetime) -> RosterPage:
    """One page of what the actor may see; whom somebody of BKN or an auditor is shown is written down first.

    Raises:
        Problem: `not-found` for another institution or one without a round, `malformed` for a cursor of no use,
            `forbidden` for risk flags that the actor is not told, or `try-again` when
            DynamoDB is busy or the reading could not be written down.
    """
    rows, found, cursor = find_rows(page, institution, actor)
    record_shown([row.pid for row in rows], institution=institution, actor=actor, received=received)
    return RosterPage(items=[RosterRow.of(row, actor) for row in rows], cursor=cursor, found=found)


def find_rows(page: Page, institution: str, actor: Actor) -> tuple[list[SearchRow], int, str | None]:
    """The lines of a page, how many fit altogether, and the cursor to go on with; whoever shows them writes it down.

    Raises:
        Problem: as `find_people`.
    """
    actor.require_institution(institution)
    if page.wanted.risk is not None:
        require_reader(actor)
    start = _place(page.cursor)
    try:
        return _find(page, start, institution, actor)
    except Busy as busy:
        raise Problem(Code.TRY_AGAIN, retry_after=1) from busy


def record_shown(
    shown: Sequence[str], *, institution: str, actor: Actor, received: datetime, action: str = "read-roster"
) -> None:
    """Write down whom somebody from outside the institution is shown of its list.

    Raises:
        Problem: `try-again`; then nothing may be shown.
    """
    if actor.role in NATIONAL and shown:
        access_log.record_reading(institution, actor, action, received, {"people": list(shown)})


def _find(page: Page, start: int, institution: str, actor: Actor) -> tuple[list[SearchRow], int, str | None]:
    """The lines, how many fit altogether, and where to go on."""
    wanted = page.wanted
    named, others = wanted.by_name(), list(wanted.others(actor))
    buckets = sorted(buckets_of([*(named or ()), *others]))
    index = search_store.read(institution, buckets, wanted.number)
    if not index.size:
        gate.read_round(institution)  # nobody is listed; is there such an institution?
    fitting = _whoever(index, named) & all_of(index, others)
    here, following = _cut(places.members(fitting, start), page.limit, BUDGET - index.units)
    held = search_store.read_rows(institution, here)
    rows = [row for row in held.values() if _fits(row, wanted.number, named, others)]
    if wanted.risk is not None:
        rows = [row for row in rows if may_know(actor, row.pid)]
    found = fitting.bit_count()
    if found <= page.limit and following is None and not start:
        rows.sort(key=lambda row: (Flag.TIDAK_SEPENDAPAT not in row.flags, row.nama.casefold()))
    return rows, found, None if following is None else str(following)


def _fits(row: SearchRow, number: str | None, named: Sequence[Condition] | None, others: Sequence[Condition]) -> bool:
    """Whether the line itself is of somebody who is looked for and whom the actor may see: sets may be behind."""
    terms = row.terms()
    is_called = named is not None and all(condition.holds(terms) for condition in named)
    return (is_called or row.registration_number == number) and all(condition.holds(terms) for condition in others)


def _whoever(index: Index, named: Iterable[Condition] | None) -> int:
    """Whom the words of the name or the number mean."""
    by_number = 0 if index.place is None else 1 << index.place
    return by_number if named is None else by_number | all_of(index, named)


def _cut(fitting: Iterator[int], limit: int, units: float) -> tuple[list[int], int | None]:
    """As many places as were asked for and the budget reaches, and the next one."""
    most = max(_FEWEST, int(units / _LINE))
    some = list(islice(fitting, limit + 1))
    blocks = list(dict.fromkeys(place // search_store.ROWS for place in some))
    here = [place for place in some if place // search_store.ROWS in set(blocks[:most])][:limit]
    return here, some[len(here)] if len(here) < len(some) else None


def _place(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isdecimal() or not cursor.isascii():
        raise Problem(Code.MALFORMED)
    return int(cursor)
