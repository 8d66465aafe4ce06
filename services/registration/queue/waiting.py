"""Who waits for a verdict of one member of staff, in the order in which records are handed out (docs/adr/0022).

Records whose verdict became void come first, then those submitted, the longest waiting first, then the others in the
order of the list: who was returned and can be decided on without his answer (domain.md, section 4) and, once DOSSIER
has closed, who never submitted. Nobody is handed what he may not decide on: his own record, and those that he or
whoever invited him worked on (section 2).
"""

import functools
import operator
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from services.kernel import clock
from services.kernel.security.sessions import Actor
from services.kernel.states import PersonState
from services.kernel.writes.calendar import Round, Window
from services.registration.adapters import queue_store, search_store
from services.registration.adapters.search_store import Index
from services.registration.model import places
from services.registration.model.person_states import UNDECIDED
from services.registration.model.search_row import Flag, SearchRow, since_term
from services.registration.search.fitting import all_of, buckets_of
from services.registration.search.wanted import Condition, Wanted, flagged, in_state, worked_on_by_none_of
from services.registration.verification.returns import TIME_FOR_ANSWER

_MOST_DAYS: Final = 120
"""So many days of submissions are told apart, until today; who waits since before them comes after them."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """Sets of places.

    `unsubmitted` are handed out as far as `with_unsubmitted` says; `unanswered`, who were returned and may still
    answer, are not.
    """

    voided: int
    submitted: int
    returned: int
    unsubmitted: int
    with_unsubmitted: bool
    unanswered: int
    days: Mapping[str, bytes]
    """Who waits since which day (YYYYMMDD), the earliest first, as they are stored: most are never looked at."""
    conditions: Sequence[Condition]
    """What holds for each of them."""
    round: Round
    actor: Actor
    index: Index
    states: Collection[PersonState] = UNDECIDED
    """In which of them somebody waits."""

    @property
    def everybody(self) -> int:
        """Whoever can be handed out."""
        return self.voided | self.submitted | self._others

    def tiers(self) -> Iterator[Iterator[int]]:
        """The places of whoever can be handed out: those of a tier go before those of the next one."""
        yield places.members(self.voided)
        yield places.in_turn(self.submitted & ~self.voided, self.days.values())
        yield places.members(self._others & ~self.voided)

    def may_have(self, row: SearchRow) -> bool:
        """Whether the line itself is of somebody he may be handed: sets may be behind."""
        terms = row.terms()
        fits = row.state in self.states and all(condition.holds(terms) for condition in self.conditions)
        return fits and not self.actor.is_own(row.pid)

    @property
    def since(self) -> str | None:
        """The day since which the longest waiting of them waits, as far as days are told apart."""
        return next((day for day, stored in self.days.items() if places.union([stored]) & self.everybody), None)

    @property
    def _others(self) -> int:
        return self.returned | (self.unsubmitted if self.with_unsubmitted else 0)


def read_waiting(
    wanted: Wanted, *, institution: str, actor: Actor, received: datetime, beside: Sequence[str] = ()
) -> Waiting:
    """Who waits for this member of staff, of whom he looks for, in two calls; its index has the buckets `beside` too.

    Raises:
        Problem: `not-found` when no round was opened for the institution.
        Busy: when DynamoDB leaves some out three times.
    """
    round_, account = queue_store.read_office(institution, actor.id)
    dossier = round_.windows[Window.DOSSIER]
    conditions = [*wanted.beside_state(actor)]
    if not round_.is_waived(received):
        conditions.append(worked_on_by_none_of([actor.id, *(account.sponsors if account else ())]))
    states = {state: in_state(state) for state in UNDECIDED if wanted.state in {None, state}}
    spans = _spans(max(dossier.opens, received - _MOST_DAYS * _DAY), received, PersonState.DIAJUKAN)
    lately = _spans(received - TIME_FOR_ANSWER - _DAY, received, PersonState.DIKEMBALIKAN)
    asked = buckets_of([*conditions, *states.values(), flagged(Flag.DIBATALKAN)])
    index = search_store.read(institution, sorted({*asked, *spans, *lately, *beside}), None)

    fitting = all_of(index, conditions)
    held = {state: fitting & all_of(index, [condition]) for state, condition in states.items()}
    returned = held.get(PersonState.DIKEMBALIKAN, 0)
    young = {day: stored for day, stored in _days(index, lately).items() if day > _answered(received)}
    unanswered = returned & places.union(young.values()) if received < dossier.closes else 0
    return Waiting(
        voided=_joined(held.values()) & all_of(index, [flagged(Flag.DIBATALKAN)]) & ~unanswered,
        submitted=held.get(PersonState.DIAJUKAN, 0),
        returned=returned & ~unanswered,
        unsubmitted=held.get(PersonState.TERDAFTAR, 0) | held.get(PersonState.AKUN_DIBUAT, 0),
        with_unsubmitted=received >= dossier.closes or wanted.state is not None,
        unanswered=unanswered,
        days=_days(index, spans),
        conditions=conditions,
        round=round_,
        actor=actor,
        index=index,
    )


def _spans(since: datetime, until: datetime, state: PersonState) -> list[str]:
    """The buckets of the days from one to another, the earliest first."""
    first, last = since.astimezone(clock.WIB), until.astimezone(clock.WIB)
    days = (first + at * _DAY for at in range((last.date() - first.date()).days + 1))
    return sorted({since_term(_named(day), state).bucket for day in days})


def _days(index: Index, spans: Sequence[str]) -> dict[str, bytes]:
    return dict(sorted(held for span in spans for held in index.buckets.get(span, {}).items()))


def _answered(received: datetime) -> str:
    """The last day of returns whose time to answer is over for sure: of the next one it ends in the course of today."""
    return _named(received.astimezone(clock.WIB) - TIME_FOR_ANSWER - _DAY)


def _named(day: datetime) -> str:
    return day.date().isoformat().replace("-", "")  # a tenth of strftime, and a turn names eighty days


def _joined(sets: Iterable[int]) -> int:
    return functools.reduce(operator.or_, sets, 0)
