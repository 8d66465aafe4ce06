"""On which of his institution's lists a person stands: the latest numbered pre-final one, and the final one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from services.kernel import clock
from services.kernel.states import PersonState
from services.kernel.writes.calendar import Round
from services.registration.adapters import seal_store
from services.registration.model.edition import Edition, Purpose
from services.registration.model.person import Person


@dataclass(frozen=True)
class MadeList:
    """A list that was made, when, and whether somebody stands on it."""

    edition: Edition
    at: datetime
    holds: bool


@dataclass(frozen=True)
class OnLists:
    """The latest pre-final list and the final one of the present epoch; None where it was not made (yet).

    `sealed_before`: some epoch was sealed, this one or one that BKN opened again since.
    """

    prefinal: MadeList | None
    final: MadeList | None
    sealed_before: bool


def find_on_lists(person: Person, round_: Round) -> OnLists:
    """Look at the lists of the person's institution, by its round as it was read.

    A pre-final list is made while people work and nobody's record says that he stands on it: what counts is the state
    he was in when it was finished. After the lock no state moves, so the final list holds whom it held.
    """
    made = seal_store.made(person.institution)
    latest = latest_prefinal(made)
    final = Edition(person.institution, Purpose.SEAL, round_.epoch)
    return OnLists(
        prefinal=MadeList(latest, made[latest], stood_in(person, latest.listed, made[latest])) if latest else None,
        final=MadeList(final, made[final], person.state in final.listed) if final in made else None,
        sealed_before=any(edition.purpose is Purpose.SEAL for edition in made),
    )


def latest_prefinal(made: Iterable[Edition]) -> Edition | None:
    """The numbered pre-final list with the highest number."""
    listed = (edition for edition in made if edition.purpose is Purpose.PREFINAL)
    return max(listed, key=lambda edition: edition.number, default=None)


def stood_in(person: Person, states: Collection[PersonState], at: datetime) -> bool:
    """Whether the record was in one of these states at an instant."""
    before = [step.state for step in person.private.progress if step.at <= clock.millis(at)]
    return bool(before) and before[-1] in states
