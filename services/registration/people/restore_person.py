"""Bring a deleted person back (domain.md, section 4); if another institution took the NIK meanwhile, as KONFLIK."""

from datetime import datetime

from services.kernel import gate
from services.kernel.gate import ConditionLost
from services.kernel.problems import Code, Problem
from services.kernel.sessions import Actor
from services.kernel.states import PersonState
from services.registration.accounts.require_current import require_current
from services.registration.adapters import claim_store, person_store
from services.registration.adapters.claim_store import Claimant
from services.registration.adapters.person_store import Change
from services.registration.dossiers.views import Moved
from services.registration.people.record import Person
from services.registration.people.scope import load_in_scope
from services.registration.people.states import WINDOW, Action

_TRIES = 3


def restore_person(pid: str, *, v: int, reason: str, institution: str, actor: Actor, received: datetime) -> Moved:
    """Move a deleted person back to where he was and claim his NIK again.

    Raises:
        Problem: `not-found`, `version-moved`, `illegal-transition`, `window-closed`, `try-again`.
    """
    person = load_in_scope(actor, institution, pid)
    require_current(actor)
    person.require_version(v)
    restored = person.moved(Action.RESTORE, received)
    stored = _commit(person, restored, reason, actor, received)
    return Moved(v=stored.v, state=stored.state)


def _commit(person: Person, restored: Person, reason: str, actor: Actor, received: datetime) -> Person:
    claimant, nik = Claimant(person.institution, person.pid), person.row["nik"]
    free, disputed = _both_ways(restored, received)
    round_ = gate.read_round(person.institution)
    for _ in range(_TRIES):
        for after, claim in ((free, claim_store.take(nik, claimant)), (disputed, claim_store.join(nik, claimant))):
            change = Change(person, after, Action.RESTORE.value, {"reason": reason}, [claim])
            try:
                return person_store.commit(
                    change, round_=round_, window=WINDOW[Action.RESTORE], received=received, actor=actor.id
                )
            except ConditionLost:
                continue
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _both_ways(restored: Person, received: datetime) -> tuple[Person, Person]:
    """The person when nobody else claims the NIK, and when somebody does."""
    if restored.state is PersonState.KONFLIK:
        return restored.moved(Action.RELEASE_CLAIM, received), restored
    return restored, restored.moved(Action.CLAIM_ELSEWHERE, received)
