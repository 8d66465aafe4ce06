"""Take a person off the roster, with a reason: operators their drafts, admins anybody (domain.md, sections 2 and 4).

The record stays, in state DIHAPUS, and can be restored; its claim on the NIK is given up, so that an institution which
disputed it gets its person back.
"""

from collections.abc import Sequence
from dataclasses import replace

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.gate import ConditionLost
from services.registration.access.scope import load_to_work_on
from services.registration.adapters import claim_store, person_store, request_store
from services.registration.model.claim import Claim, Claimant
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.person_states import WINDOW, Action
from services.registration.model.private import Deletion
from services.registration.people.release_claim import release_claim
from services.registration.shared.views import Moved, WithReason

_MAX_TRIES = 3
_OPERATORS_DELETE = frozenset({PersonState.DRAF})
_ONLY_DRAFTS = "Operator hanya dapat menghapus draf. Minta admin instansi menghapus data yang sudah terdaftar."


def delete_person(pid: str, deletion: WithReason, *, institution: str, request: Request) -> Moved:
    """Move the person to DIHAPUS and give his claim on the NIK up.

    Raises:
        Problem: `not-found`, `own-record`, `forbidden`, `version-moved`, `illegal-transition`, `window-closed`,
            `try-again`.
    """
    person = load_to_work_on(request.actor, institution, pid)
    return request.once.answer(Moved, lambda: _delete(person, deletion, request))


def _delete(person: Person, deletion: WithReason, request: Request) -> Moved:
    if request.actor.role is Role.OPERATOR and person.state not in _OPERATORS_DELETE:
        raise Problem(Code.FORBIDDEN, _ONLY_DRAFTS)
    person.require_version(deletion.v)
    return take_off(person, Deletion(clock.millis(request.received), request.actor.id, deletion.reason), request)


def take_off(person: Person, note: Deletion, request: Request, told: Sequence[Operation] = ()) -> Moved:
    """Move the person to DIHAPUS for the reason noted; nothing of his waits for an answer any more.

    `told` are notices that join the write.

    Raises:
        Problem: `illegal-transition`, `version-moved`, `window-closed`, `window-not-open`, `try-again`.
    """
    moved = person.moved(Action.DELETE, request.received)
    after = replace(moved, private=replace(moved.private, deletion=note))
    deleted = Moved(v=person.v + 1, state=after.state)
    extra = [*request_store.unlist_all(person), *told, *request.once.remember(deleted)]
    change = Change(person, after, Action.DELETE.value, {"reason": note.reason}, extra)
    left = _commit_leaving(change, request)
    if left is not None:
        release_claim(left, person.row["nik"], actor=request.actor.id, received=request.received)
    return deleted


def _commit_leaving(change: Change, request: Request) -> Claim | None:
    """Commit the deletion together with leaving the claim as it stands; again when the claim moved meanwhile."""
    round_ = gate.read_round(change.after.institution)
    for _ in range(_MAX_TRIES):
        claim = claim_store.load(change.after.row["nik"])
        leaving = replace(change, extra=[*_leave(change.after, claim), *change.extra])
        try:
            person_store.commit(
                leaving,
                round_=round_,
                window=WINDOW[Action.DELETE],
                received=request.received,
                actor=request.actor.id,
            )
        except ConditionLost:
            continue
        return claim
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _leave(person: Person, claim: Claim | None) -> list[Operation]:
    claimant = Claimant(person.institution, person.pid)
    if claim is None or claimant not in claim.claimants:
        return []
    return [claim_store.leave(person.row["nik"], claimant, claim)]
