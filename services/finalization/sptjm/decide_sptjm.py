"""BKN accepts the signed SPTJM, or returns it with a reason."""

from dataclasses import replace
from enum import StrEnum

from services.finalization.adapters import gates, sptjm_uploads, store
from services.finalization.model.institution import Institution
from services.finalization.model.phases import PHASE_MOVES, Step
from services.finalization.model.sptjm_states import SPTJM_MOVES, SptjmStep
from services.finalization.shared.asked import event_of, load_own, require_version
from services.finalization.sptjm.standing import end_standing
from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import invalid_problem
from services.kernel.web.request import Request

ACTION = "sptjm.decided"
_REPLACED = "Digantikan SPTJM dari segel yang baru."


class Decision(StrEnum):
    """What BKN says to it."""

    DITERIMA = "DITERIMA"
    DIKEMBALIKAN = "DIKEMBALIKAN"


def decide_sptjm(code: str, decision: Decision, reason: str | None, v: int | None, request: Request) -> Institution:
    """Accept the statement, whereby the institution's rows enter the base data, or return it to be signed again.

    Raises:
        Problem: `not-found`, `version-moved`, `illegal-transition`; `invalid-fields` for a return without reason.
    """
    institution = load_own(code, request.actor)
    require_version(institution, v)
    if decision is Decision.DIKEMBALIKAN and not reason:
        raise invalid_problem("reason", "missing", "Tulis alasan pengembalian agar instansi tahu apa yang diperbaiki.")
    after, moves = _decided(institution, decision, reason)
    if decision is Decision.DITERIMA:
        moves += end_standing(institution, _REPLACED, request.received)
    event = event_of(request, ACTION, {"decision": decision.value, "reason": reason, "file": institution.sptjm.file})
    upload = replace(
        sptjm_uploads.last_upload(institution),
        state=after.sptjm.state,
        reason=after.sptjm.reason,
        decided_by=request.actor.id,
        decided_at=request.received,
    )
    also = [sptjm_uploads.put_upload(after, upload), *moves]
    return store.save(institution, after, event, also, request.once)


def _decided(institution: Institution, decision: Decision, reason: str | None) -> tuple[Institution, list[Operation]]:
    if decision is Decision.DIKEMBALIKAN:
        returned = SPTJM_MOVES.after(institution.sptjm.state, SptjmStep.RETURN)
        sptjm = replace(institution.sptjm, state=returned, reason=reason, since=institution.v + 1)
        return replace(institution, sptjm=sptjm), []
    accepted = SPTJM_MOVES.after(institution.sptjm.state, SptjmStep.ACCEPT)
    phase = PHASE_MOVES.after(institution.phase, Step.ACCEPT_SPTJM)
    after = replace(
        institution, phase=phase, sptjm=replace(institution.sptjm, state=accepted, reason=None), standing=None
    )
    return after, [gates.phase(after)]
