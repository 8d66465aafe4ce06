"""The inbox of cases: of an institution, and of bkn."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import BaseModel, Field

from services.announcements.adapters import case_store
from services.announcements.adapters.case_store import WaitingLine
from services.announcements.cases.find_case import CaseInstitution, institution_view
from services.announcements.cases.who_may import may_overturn, may_read, may_read_such, require_inbox
from services.announcements.model.case import Case, Topic
from services.kernel import clock
from services.kernel.cases import CaseKind, CaseLevel, CaseState
from services.kernel.cases.number import case_number_in_groups, read_case_number
from services.kernel.clock import WIB
from services.kernel.security.sessions import Actor

MAX_COUNTED = 500
"""Further than this nobody counts them one by one."""


class Which(StrEnum):
    """Which cases."""

    TERBUKA = "TERBUKA"
    SELESAI = "SELESAI"


class InboxQuery(BaseModel):
    """Which page of the inbox, and of which kind; or with `number`, as people type it, that one case alone."""

    which: Which = Which.TERBUKA
    kind: CaseKind | None = None
    number: Annotated[str, Field(max_length=20)] | None = None
    cursor: Annotated[str, Field(pattern=r"^[0-9]{1,15}\.L[0-9A-HJKMNP-TV-Z]{8}$")] | None = None
    limit: int = Field(default=50, ge=1, le=100)


class ListedCase(BaseModel):
    """One line: nothing of what was written but the unit it names. `divided`: admin and verifikator differ about it.

    `overturnable`: the institution refused it, and the reader may accept it for bkn.
    """

    number: str
    institution: CaseInstitution
    kind: CaseKind
    topic: Topic | None
    state: CaseState
    level: CaseLevel
    unit_kerja: str | None
    at: datetime
    due_at: datetime
    overdue: bool
    divided: bool
    mine: bool
    overturnable: bool

    @classmethod
    def of(
        cls, case: Case, actor: Actor, now: datetime, named: Callable[[str], CaseInstitution] = institution_view
    ) -> "ListedCase":
        """A case as it stands in the list; `named` tells an institution's name."""
        return cls(
            number=case_number_in_groups(case.number),
            institution=named(case.institution),
            kind=case.kind,
            topic=case.topic,
            state=case.state,
            level=case.level,
            unit_kerja=case.said.get("unit_kerja"),
            at=case.at.astimezone(WIB),
            due_at=case.due_at.astimezone(WIB),
            overdue=case.is_open and now >= case.due_at,
            divided=case.is_divided,
            mine=case.handler == actor.id,
            overturnable=may_overturn(case, actor),
        )


class CaseList(BaseModel):
    """Open ones the soonest due first, others the newest first. `cursor` goes on where there are more."""

    items: list[ListedCase]
    cursor: str | None


class CaseCount(BaseModel):
    """How many wait for whoever asks; `overdue` of them are late; `more`: there are more than were counted."""

    waiting: int
    overdue: int
    more: bool


def list_cases(code: str, query: InboxQuery, actor: Actor, received: datetime) -> CaseList:
    """A page of an institution's cases, of the kinds that the reader has to do with.

    Raises:
        Problem: `not-found` for another institution's inbox.
    """
    require_inbox(code, actor)
    return _page(code, query, actor, received)


def list_national(query: InboxQuery, actor: Actor, received: datetime) -> CaseList:
    """A page of the cases that bkn may decide, of all institutions; refused usulan are among those that ended."""
    return _page(case_store.BKN, query, actor, received)


def count_national(received: datetime) -> CaseCount:
    """How many open cases bkn may decide, of all institutions; those that it has to are the late ones."""
    return _count(*case_store.waiting_lines(case_store.BKN, most=MAX_COUNTED), received)


def count_cases(code: str, actor: Actor, received: datetime) -> CaseCount:
    """How many open cases of an institution wait for somebody like the reader.

    Raises:
        Problem: `not-found` for another institution's inbox.
    """
    require_inbox(code, actor)
    lines, more = case_store.waiting_lines(code, most=MAX_COUNTED)
    his = [line for line in lines if may_read_such(line.kind, line.topic, actor)]
    if actor.units:
        his = _of_his_units(his, actor)
    return _count(his, more, received)


def _count(lines: Sequence[WaitingLine], more: bool, received: datetime) -> CaseCount:
    late = sum(clock.millis(received) >= line.due_at for line in lines)
    return CaseCount(waiting=len(lines), overdue=late, more=more)


def _of_his_units(lines: Sequence[WaitingLine], actor: Actor) -> list[WaitingLine]:
    """Those he may read by the unit that each names, which the case itself alone says."""
    found = case_store.load_many([line.number for line in lines])
    readable = {case.number for case in found if may_read(case, actor)}
    return [line for line in lines if line.number in readable]


def _page(code: str, query: InboxQuery, actor: Actor, received: datetime) -> CaseList:
    if query.number is not None:
        return _one(code, query.number, actor, received)
    listed = case_store.waiting if query.which is Which.TERBUKA else case_store.ended
    numbers, cursor = listed(code, most=query.limit, after=query.cursor)
    cases = [case for case in case_store.load_many(numbers) if may_read(case, actor) and not case.is_forgotten]
    wanted = [case for case in cases if query.kind in {None, case.kind}]
    named = cache(institution_view)  # most of a page are of one institution
    return CaseList(items=[ListedCase.of(case, actor, received, named) for case in wanted], cursor=cursor)


def _one(code: str, number: str, actor: Actor, received: datetime) -> CaseList:
    """The case of this number, whatever became of it; also one that follows another, which no list shows."""
    read = read_case_number(number)
    found = [
        ListedCase.of(case, actor, received)
        for case in case_store.load_many([read] if read else [])
        if code in {case_store.BKN, case.institution} and may_read(case, actor) and not case.is_forgotten
    ]
    return CaseList(items=found, cursor=None)
