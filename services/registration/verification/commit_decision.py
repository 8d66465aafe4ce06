"""Write a decision on a person through the gate, with what is told of it."""

from dataclasses import asdict
from typing import Any, Final

from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.gate import ConditionLost
from services.registration.adapters import person_store
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.person_states import WINDOW, Action
from services.registration.model.private import NotedDecision
from services.registration.shared.tell_person import tell_decision
from services.registration.shared.views import Moved
from services.registration.verification.returns import limit_of

_IN_THE_LINK: Final = frozenset({"at", "by"})
"""What the audit trail holds of every deed anyway."""


def commit_decision(person: Person, after: Person, action: Action, request: Request, *, together: int = 0) -> Moved:
    """Store the record with its latest decision and tell the person that there is one.

    `together`, where it was given to so many at once, is said in the audit trail.

    Raises:
        Problem: `version-moved`, `return-too-late`, `verdict-too-early`, `window-closed`, `window-not-open`,
            `try-again`.
    """
    noted = after.private.decisions[-1]
    answer = Moved(v=person.v + 1, state=after.state)
    extra = [*tell_decision(person, noted.decision), *request.once.remember(answer)]
    try:
        person_store.commit(
            Change(person, after, action.value, _delta(noted, together), extra),
            round_=gate.read_round(person.institution),
            window=WINDOW[action],
            received=request.received,
            actor=request.actor.id,
            require=limit_of(person, action),
        )
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost
    return answer


def _delta(noted: NotedDecision, together: int) -> dict[str, Any]:
    """The decision for the audit trail; what is not so of it is left out."""
    stored = {**asdict(noted), "criteria": [each.to_item() for each in noted.criteria], "together": together}
    return {name: value for name, value in stored.items() if value and name not in _IN_THE_LINK}
