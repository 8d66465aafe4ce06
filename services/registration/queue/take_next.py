"""Hand somebody the next record of the queue, so that nobody else is handed it meanwhile (docs/adr/0022).

Four calls of DynamoDB: office, sets, lines with their leases, the lease. Whom it hands out it chooses at random among
the first of the order, so that sixty verifikators who press at once seldom choose the same; who does chooses again.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.aws.dynamodb import Busy
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes.calendar import Window
from services.registration.adapters import queue_store
from services.registration.adapters.queue_store import Lease
from services.registration.model import places
from services.registration.queue.checkable import read_checkable
from services.registration.queue.filters import QueueFilter
from services.registration.queue.waiting import Waiting, read_waiting

LASTS: Final = timedelta(minutes=20)
"""How long nobody else is handed the record."""
FIRST: Final = 5
"""One of so many first ones is handed out, if one of them is before nobody."""
SPREAD: Final = 100
"""Else one of so many next ones: sixty verifikators have sixty of them before them."""
BUDGET: Final = 30
"""Read units of a turn."""
_OFFICE: Final = 2
_FEWEST, _USUALLY, _THEN = 3, 6, 40
"""Lines that are looked at with their leases, a read unit each; `_THEN`, where all those are before somebody."""
_DICE: Final = random.SystemRandom()


class Turn(QueueFilter):
    """Whom to hand out; `shuffled`: anybody who waits, in no order."""

    shuffled: bool = False


class NextView(BaseModel):
    """The record that is the reader's until `until`; none where nobody waits, or all are before somebody (`busy`).

    `left` is how many wait for him, this one and those before others included.
    """

    id: str | None
    until: datetime | None
    left: int
    busy: bool


def take_next(turn: Turn, *, institution: str, request: Request) -> NextView:
    """Take the next record.

    Raises:
        Problem: `not-found` for another institution or one without a round, `window-closed` or `window-not-open` where
            nobody can decide, `try-again` when DynamoDB is busy.
    """
    request.actor.require_institution(institution)
    try:
        return _take(turn, institution, request)
    except Busy as busy:
        raise Problem(Code.TRY_AGAIN, retry_after=1) from busy


def _take(turn: Turn, institution: str, request: Request) -> NextView:
    actor = request.actor
    if turn.second:
        waiting = read_checkable(turn.wanted(), institution=institution, actor=actor)
    else:
        waiting = read_waiting(turn.wanted(), institution=institution, actor=actor, received=request.received)
    waiting.round.require(Window.VERIFICATION, request.received)
    left = waiting.everybody.bit_count()
    order = _shuffled(waiting) if turn.shuffled else _in_order(waiting)
    for most in (_lines(waiting), _THEN):
        free = _free(institution, list(dict.fromkeys(islice(order, most))), waiting)
        while free:
            place, pid = free.pop(0)
            lease = Lease(pid, actor.id, clock.now() + LASTS)
            if queue_store.take(institution, place, lease):
                return NextView(id=pid, until=lease.until.astimezone(clock.WIB), left=left, busy=False)
            _DICE.shuffle(free)  # whoever was faster chose like this one: go another way
    return NextView(id=None, until=None, left=left, busy=left > 0)


def _free(institution: str, here: list[int], waiting: Waiting) -> list[tuple[int, str]]:
    """Of these places those whose record is before nobody, with whose it is."""
    if not here:
        return []
    rows, leases = queue_store.read_lines(institution, here)
    may_have = {place: row.pid for place, row in rows.items() if waiting.may_have(row)}
    return [(place, pid) for place, pid in may_have.items() if place not in leases or not leases[place].holds(pid)]


def _in_order(waiting: Waiting) -> Iterator[int]:
    """Of each tier the few first ones, then others of the next ones, both shuffled."""
    for tier in waiting.tiers():
        first = list(islice(tier, FIRST))
        spread = list(islice(tier, SPREAD))
        _DICE.shuffle(first)
        _DICE.shuffle(spread)
        yield from [*first, *spread]


def _shuffled(waiting: Waiting) -> Iterator[int]:
    """Some of everybody: of many those next to places chosen at random, which is quicker than to list them all."""
    held = waiting.everybody
    if held.bit_count() <= SPREAD:
        few = list(places.members(held))
        _DICE.shuffle(few)
        return iter(few)
    chosen = (_DICE.randrange(held.bit_length()) for _ in range(2 * SPREAD))
    return (next(places.members(held, start)) for start in chosen)


def _lines(waiting: Waiting) -> int:
    """How many lines are looked at first: what the sets cost of the budget is not there for them."""
    return max(_FEWEST, min(_USUALLY, int(BUDGET - _OFFICE - waiting.index.units)))
