"""A dispute over a NIK ends when one claimant is left: his person comes back from KONFLIK (domain.md, section 4)."""

from datetime import datetime

from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.kernel.writes import gate
from services.kernel.writes.calendar import OUT_OF_TIME
from services.registration.adapters import claim_store, person_store
from services.registration.model.claim import Claim
from services.registration.model.dossier import Change
from services.registration.model.person_states import WINDOW, Action

_STAYS = OUT_OF_TIME | {Code.VERSION_MOVED, Code.TRY_AGAIN}


def release_claim(before: Claim, nik: str, *, actor: str, received: datetime) -> bool:
    """Bring the last claimant of a NIK back from KONFLIK, if there is one and his institution's window is open.

    `before` is the claim somebody has just left. When the window has closed the person stays KONFLIK: nothing
    moves after the deadline. Returns whether somebody came back.
    """
    claim = claim_store.load(nik)
    if claim is None or claim.is_disputed or not before.is_disputed:
        return False
    person = person_store.find(claim.owner.pid)
    if person is None or person.state is not PersonState.KONFLIK:
        return False
    back = person.moved(Action.RELEASE_CLAIM, received)
    change = Change(person, back, Action.RELEASE_CLAIM.value, {"owner_before": str(before.owner)})
    window = WINDOW[Action.RELEASE_CLAIM]
    try:
        person_store.commit(
            change, round_=gate.read_round(person.institution), window=window, received=received, actor=actor
        )
    except Problem as problem:
        if problem.code in _STAYS:
            return False
        raise
    return True
