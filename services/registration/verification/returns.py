"""A return asks the person to correct his record and submit it again, so he must have time for that (domain.md §4).

Somebody is returned not later than three days before DOSSIER closes; who was returned and does not answer is decided on
as his record stands, five days later or once DOSSIER has closed. Both are exact instants *(ours)*, and both follow the
present close, also one that is extended while the request is in flight: they are asked inside the gate.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.kernel.writes.calendar import Round, Window
from services.registration.model.person import Person
from services.registration.model.person_states import Action

TIME_TO_ANSWER: Final = timedelta(days=3)
"""What somebody has at least between a return and the close of DOSSIER."""
TIME_FOR_ANSWER: Final = timedelta(days=5)
"""How long a return waits for its answer while DOSSIER is open."""


def return_until(round_: Round) -> datetime:
    """The last instant at which somebody may be returned."""
    return round_.windows[Window.DOSSIER].closes - TIME_TO_ANSWER


def decidable_from(person: Person, round_: Round) -> datetime | None:
    """From when a returned record may be decided on without the person's answer; None of one that is not returned."""
    returned_at = _returned_at(person) if person.state is PersonState.DIKEMBALIKAN else None
    return None if returned_at is None else min(returned_at + TIME_FOR_ANSWER, round_.windows[Window.DOSSIER].closes)


def limit_of(person: Person, action: Action) -> Callable[[Round, datetime], None]:
    """What a decision on this person has to respect beside its window: asked with the round it commits under.

    The function it returns raises:
        Problem: `return-too-late`, `verdict-too-early`.
    """

    def require(round_: Round, received: datetime) -> None:
        if action is Action.RETURN and received > return_until(round_):
            raise _too_late_problem(return_until(round_))
        waits_until = decidable_from(person, round_)
        if waits_until is not None and received < waits_until:
            raise _too_early_problem(waits_until)

    return require


def _returned_at(person: Person) -> datetime | None:
    returns = [one.at for one in person.private.decisions if one.decision is PersonState.DIKEMBALIKAN]
    return clock.from_millis(returns[-1]) if returns else None


def _too_late_problem(until: datetime) -> Problem:
    sentence = (
        f"Data dapat dikembalikan sampai {clock.wib(until)}, supaya orangnya sempat memperbaiki dan mengirim ulang "
        "sebelum pengisian data ditutup. Putuskan menurut data yang ada, atau minta BKN memperpanjang masa pengisian "
        "data."
    )
    return Problem(Code.RETURN_TOO_LATE, sentence, until=until.astimezone(clock.WIB).isoformat(), zone="WIB")


def _too_early_problem(since: datetime) -> Problem:
    sentence = (
        "Data ini dikembalikan dan orangnya masih dapat mengirim ulang. Bila ia tidak menjawab, data ini dapat "
        f"diputuskan apa adanya mulai {clock.wib_from(since)}."
    )
    return Problem(Code.VERDICT_TOO_EARLY, sentence, since=since.astimezone(clock.WIB).isoformat(), zone="WIB")
