"""The peer of `queue-140k`: who waits, found by a loop over all rows and put into order (docs/adr/0022).

It has every row in memory and knows nothing of sets, leases or DynamoDB, so it may be quicker where that is simpler.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.kernel import clock
from services.kernel.states import PersonState
from services.kernel.values.names import words_of
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.registration.model.search_row import Flag, SearchRow
from services.registration.queue.take_next import FIRST, Turn

_SUBMITTED, _RETURNED = PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN
_NEVER = (PersonState.TERDAFTAR, PersonState.AKUN_DIBUAT)


@dataclass(frozen=True)
class Expected:
    """How many wait, and the people of whom one is handed out."""

    left: int
    first: Collection[str]


def expected(people: Sequence[SearchRow], turn: Turn, at: datetime, workers: Collection[str]) -> Expected:
    """Of whoever fits, those who are decided on at this time; nobody on whose record one of the workers worked."""
    tiers: tuple[list[SearchRow], ...] = ([], [], [])
    for row in _waiting(people, turn, at):
        if _fits(row, turn) and not any(worker in workers for worker in row.workers):
            tiers[0 if Flag.DIBATALKAN in row.flags else 1 if row.state is _SUBMITTED else 2].append(row)
    tiers[1].sort(key=lambda row: row.since)
    everybody = [row.pid for tier in tiers for row in tier]
    first = next(([row.pid for row in tier[:FIRST]] for tier in tiers if tier), [])
    return Expected(len(everybody), everybody if turn.shuffled else first)


def _waiting(people: Sequence[SearchRow], turn: Turn, at: datetime) -> Iterator[SearchRow]:
    closed = at >= DEFAULT_2022[Window.DOSSIER].closes
    answered = f"{at.astimezone(clock.WIB) - timedelta(days=6):%Y%m%d}"
    for row in people:
        if turn.state in {None, row.state} and (
            row.state is _SUBMITTED
            or (row.state is _RETURNED and (closed or row.since <= answered))
            or (row.state in _NEVER and (closed or turn.state is not None))
        ):
            yield row


def _fits(row: SearchRow, turn: Turn) -> bool:
    return (
        (turn.advice is None or row.overall == turn.advice)
        and (turn.papers is None or not row.lacking)
        and (turn.kategori is None or row.kategori is turn.kategori)
        and _is_called(row.unit_kerja, turn.unit)
    )


def _is_called(unit: str, typed: str) -> bool:
    """Whether each word that was typed is one of the unit's, or from three letters on the beginning of one."""
    words = words_of(unit) if typed else []
    return all(any(word == one or (len(one) > 2 and word.startswith(one)) for word in words) for one in words_of(typed))
