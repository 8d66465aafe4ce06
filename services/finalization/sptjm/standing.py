"""The accepted statement that counts on while `VERIFICATION` alone is open again (domain.md, section 3, *BKN*)."""

from dataclasses import replace
from datetime import datetime

from services.finalization.adapters import sptjm_uploads
from services.finalization.model.institution import Institution, Sptjm, Standing
from services.finalization.model.sptjm_states import SPTJM_MOVES, SptjmState, SptjmStep
from services.kernel.aws.dynamodb import Operation


def keep_standing(institution: Institution) -> tuple[Sptjm, Standing]:
    """What is left to be made, and the accepted statement as it counts on until that is accepted.

    Raises:
        Problem: `illegal-transition` when none was accepted.
        LookupError: the accepted one is not on file.
    """
    state = SPTJM_MOVES.after(institution.sptjm.state, SptjmStep.RECHECK)
    upload = sptjm_uploads.last_upload(institution)
    sptjm = replace(institution.sptjm, state=state, since=institution.v + 1, closes=None, file=None, uploaded_at=None)
    return sptjm, Standing(upload.number, upload.epoch)


def end_standing(institution: Institution, reason: str, at: datetime) -> list[Operation]:
    """The operation that files that the statement which counted on counts no more; none where there is none."""
    if institution.standing is None:
        return []
    upload = sptjm_uploads.load_upload(institution, institution.standing.number)
    ended = replace(upload, state=SptjmState.BATAL, reason=reason, voided_at=at)
    return [sptjm_uploads.put_upload(institution, ended)]
