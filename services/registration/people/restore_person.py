"""Bring a deleted person back (domain.md, section 4); if another institution took the NIK meanwhile, as KONFLIK."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.registration.access.scope import load_to_work_on
from services.registration.adapters import person_store, request_store
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.person_states import WINDOW, Action
from services.registration.people.claim_nik import claim_nik
from services.registration.shared.views import Moved, WithReason

_MOVED = (
    "NIK orang ini sudah diperbaiki, sehingga datanya diteruskan dengan NIK yang benar. Data lama ini tidak dapat "
    "dipulihkan."
)


def restore_person(pid: str, restoration: WithReason, *, institution: str, request: Request) -> Moved:
    """Move a deleted person back to where he was and claim his NIK again.

    Raises:
        Problem: `not-found`, `own-record`, `version-moved`, `illegal-transition`, `window-closed`, `try-again`.
    """
    person = load_to_work_on(request.actor, institution, pid)
    return request.once.answer(Moved, lambda: _restore(person, restoration, request))


def _restore(person: Person, restoration: WithReason, request: Request) -> Moved:
    person.require_version(restoration.v)
    if person.successor is not None:
        raise Problem(Code.ILLEGAL_TRANSITION, _MOVED)
    restored = person.moved(Action.RESTORE, request.received)
    return bring_back(person, restored, {"reason": restoration.reason}, request)


def bring_back(person: Person, restored: Person, delta: Mapping[str, Any], request: Request) -> Moved:
    """Store the restored record with its claim on the NIK; what of it waited for an answer waits again.

    Raises:
        Problem: `version-moved`, `window-closed`, `window-not-open`, `try-again`.
    """
    free, disputed = _both_ways(restored, request.received)
    round_ = gate.read_round(person.institution)

    def commit(after: Person, claim: Operation) -> Moved:
        answer = Moved(v=person.v + 1, state=after.state)
        extra = [claim, *request_store.list_all(after), *request.once.remember(answer)]
        change = Change(person, after, Action.RESTORE.value, delta, extra)
        person_store.commit(
            change, round_=round_, window=WINDOW[Action.RESTORE], received=request.received, actor=request.actor.id
        )
        return answer

    return claim_nik(free, disputed, commit)


def _both_ways(restored: Person, received: datetime) -> tuple[Person, Person]:
    """The person when nobody else claims the NIK, and when somebody does."""
    if restored.state is PersonState.KONFLIK:
        return restored.moved(Action.RELEASE_CLAIM, received), restored
    return restored, restored.moved(Action.CLAIM_ELSEWHERE, received)
