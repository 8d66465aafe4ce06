"""How far a record has come on its way to the final list: each step with its date, or who acts next and until when.

listed → account → completed → submitted → verified → pre-final list → final list (domain.md, section 3). All of it is
what registration knows; a date that it does not know is not told. After the lock nobody is asked for anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from services.kernel import clock
from services.kernel.states import PersonState
from services.kernel.writes.calendar import Round, Window
from services.registration.dossiers.milestones import Acts, Milestone, RoadStep, Standing
from services.registration.dossiers.outcome import Outcome, Stage
from services.registration.model.person import Person
from services.registration.shared.on_lists import MadeList, OnLists

_REGISTERED: Final = PersonState.TERDAFTAR
_OVER: Final = frozenset({Stage.LOCKING, Stage.LOCKED})
_NOT_YET_OVER: Final = frozenset({Outcome.YOURS, Outcome.EARLY, Outcome.HALTED})
"""Outcomes under which he may still complete and submit, now or later."""


@dataclass(frozen=True)
class Walked:
    """What the record itself says: whether it is complete and submitted, and when the account was made."""

    completed: bool
    submitted: bool
    account_at: datetime | None


@dataclass(frozen=True)
class Place:
    """Where the institution's round stands at the instant of the question, and which lists it has made."""

    round: Round
    received: datetime
    stage: Stage
    outcome: Outcome
    lists: OnLists

    def closes(self, window: Window) -> datetime:
        """When a window closes, in WIB."""
        return self.round.windows[window].closes.astimezone(clock.WIB)


def view_road(person: Person, walked: Walked, place: Place) -> list[RoadStep]:
    """The steps in their order."""
    return [
        _listed(person, place),
        RoadStep(step=Milestone.ACCOUNT, standing=Standing.DONE, at=walked.account_at),
        *_own_deeds(person, walked, place),
        _verified(person, place),
        _prefinal(place),
        _final(place),
    ]


def account_made_at(person: Person) -> datetime | None:
    """When the account moved the record; None where it moved nothing, since he was submitted or decided before."""
    moves = pairwise(person.private.progress)
    made = (to.at for before, to in moves if (before.state, to.state) == (_REGISTERED, PersonState.AKUN_DIBUAT))
    return _instant(next(made, None))


def _listed(person: Person, place: Place) -> RoadStep:
    if person.state is PersonState.DRAF:
        return _ahead(Milestone.LISTED, Acts.INSTITUTION, place.closes(Window.CORRECTION), place, now=True)
    stamps = [step.at for step in person.private.progress if step.state is not PersonState.DRAF]
    return RoadStep(step=Milestone.LISTED, standing=Standing.DONE, at=_instant(stamps[0] if stamps else None))


def _own_deeds(person: Person, walked: Walked, place: Place) -> Iterator[RoadStep]:
    """What he does himself; the first that is left is his turn, while it is."""
    turn, until = place.outcome is Outcome.YOURS, place.closes(Window.DOSSIER)
    submitted_at = _last(person, PersonState.DIAJUKAN) if walked.submitted else None
    deeds = (
        (Milestone.COMPLETED, walked.completed, None),
        (Milestone.SUBMITTED, walked.submitted, submitted_at),
    )
    for step, done, at in deeds:
        if done:
            yield RoadStep(step=step, standing=Standing.DONE, at=at)
        elif place.outcome in _NOT_YET_OVER:
            yield _ahead(step, Acts.YOU, until, place, now=turn)
            turn = False
        else:
            yield RoadStep(step=step, standing=Standing.PASSED)


def _verified(person: Person, place: Place) -> RoadStep:
    if person.is_decided:
        return RoadStep(step=Milestone.VERIFIED, standing=Standing.DONE, at=_instant(person.decided_at))
    now = place.outcome in {Outcome.SUBMITTED, Outcome.AWAITED}
    return _ahead(Milestone.VERIFIED, Acts.INSTITUTION, place.closes(Window.VERIFICATION), place, now=now)


def _prefinal(place: Place) -> RoadStep:
    """At the latest the list is made by itself when entry has closed."""
    if place.lists.prefinal:
        return _made(Milestone.PREFINAL, place.lists.prefinal)
    closes = place.closes(Window.ENTRY)
    if place.stage not in _OVER and place.received >= closes:
        return RoadStep(step=Milestone.PREFINAL, standing=Standing.NOW)
    return _ahead(Milestone.PREFINAL, Acts.INSTITUTION, closes, place, now=False)


def _final(place: Place) -> RoadStep:
    if place.lists.final:
        return _made(Milestone.FINAL, place.lists.final)
    if place.stage in _OVER:
        return RoadStep(step=Milestone.FINAL, standing=Standing.NOW)
    closes = place.round.last_close.astimezone(clock.WIB)
    return _ahead(Milestone.FINAL, Acts.INSTITUTION, closes, place, now=False)


def _made(step: Milestone, made: MadeList) -> RoadStep:
    standing = Standing.DONE if made.holds else Standing.ABSENT
    return RoadStep(step=step, standing=standing, at=made.at.astimezone(clock.WIB))


def _ahead(step: Milestone, by: Acts, until: datetime, place: Place, *, now: bool) -> RoadStep:
    """A step that has not happened: who acts and until when, while there is time."""
    if place.stage in _OVER or place.received >= until:
        return RoadStep(step=step, standing=Standing.PASSED)
    return RoadStep(step=step, standing=Standing.NOW if now else Standing.LATER, by=by, until=until)


def _last(person: Person, state: PersonState) -> datetime | None:
    stamps = [step.at for step in person.private.progress if step.state is state]
    return _instant(stamps[-1]) if stamps else None


def _instant(at: int | None) -> datetime | None:
    return None if at is None else clock.from_millis(at).astimezone(clock.WIB)
