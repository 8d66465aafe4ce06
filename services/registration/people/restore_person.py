"""Bring a deleted person back (domain.md, section 4); if another institution took the NIK meanwhile, as KONFLIK."""

from datetime import datetime

from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.gate import ConditionLost
from services.registration.access.require_current import require_current
from services.registration.access.scope import load_to_work_on
from services.registration.adapters import claim_store, person_store
from services.registration.model.claim import Claimant
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.person_states import WINDOW, Action
from services.registration.shared.views import Moved, WithReason

_TRIES = 3


def restore_person(pid: str, restoration: WithReason, *, institution: str, request: Request) -> Moved:
    """Move a deleted person back to where he was and claim his NIK again.

    Raises:
        Problem: `not-found`, `own-record`, `version-moved`, `illegal-transition`, `window-closed`, `try-again`.
    """
    person = load_to_work_on(request.actor, institution, pid)
    require_current(request.actor)
    return request.once.answer(Moved, lambda: _restore(person, restoration, request))


def _restore(person: Person, restoration: WithReason, request: Request) -> Moved:
    person.require_version(restoration.v)
    claimant, nik = Claimant(person.institution, person.pid), person.row["nik"]
    free, disputed = _both_ways(person.moved(Action.RESTORE, request.received), request.received)
    round_ = gate.read_round(person.institution)
    for _ in range(_TRIES):
        for after, claim in ((free, claim_store.take(nik, claimant)), (disputed, claim_store.join(nik, claimant))):
            answer = Moved(v=person.v + 1, state=after.state)
            extra = [claim, *request.once.remember(answer)]
            change = Change(person, after, Action.RESTORE.value, {"reason": restoration.reason}, extra)
            try:
                person_store.commit(
                    change,
                    round_=round_,
                    window=WINDOW[Action.RESTORE],
                    received=request.received,
                    actor=request.actor.id,
                )
            except ConditionLost:
                continue
            return answer
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _both_ways(restored: Person, received: datetime) -> tuple[Person, Person]:
    """The person when nobody else claims the NIK, and when somebody does."""
    if restored.state is PersonState.KONFLIK:
        return restored.moved(Action.RELEASE_CLAIM, received), restored
    return restored, restored.moved(Action.CLAIM_ELSEWHERE, received)
