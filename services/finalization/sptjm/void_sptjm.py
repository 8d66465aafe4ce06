"""The sealed list is opened again: the statement about it is void, in whatever state it was (domain.md, section 4)."""

from dataclasses import replace
from datetime import datetime

from services.finalization.adapters import sptjm_uploads
from services.finalization.model.institution import Institution, Sptjm
from services.finalization.model.sptjm_states import SPTJM_MOVES, SptjmState, SptjmStep
from services.kernel.aws.dynamodb import Operation

_COUNTED = frozenset({SptjmState.DIUNGGAH, SptjmState.DITERIMA})
"""States in which the last upload stands for the institution's word; one that was returned keeps BKN's reason."""


def void_sptjm(institution: Institution, reason: str, at: datetime) -> tuple[Sptjm, list[Operation]]:
    """The statement once it is void, and what to write beside the institution; its window ends with the seal.

    A list whose statement was never made has none to void.
    """
    sptjm = replace(institution.sptjm, closes=None, since=institution.v + 1)
    if not SPTJM_MOVES.allowed(sptjm.state, SptjmStep.VOID):
        return sptjm, []
    void = replace(sptjm, state=SPTJM_MOVES.after(sptjm.state, SptjmStep.VOID), reason=reason)
    if sptjm.state not in _COUNTED:
        return void, []
    ended = replace(sptjm_uploads.last_upload(institution), state=void.state, reason=reason, voided_at=at)
    return void, [sptjm_uploads.put_upload(institution, ended)]
