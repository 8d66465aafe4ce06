"""The institution hands in the signed SPTJM: a file it uploaded before, and that passed inspection."""

from dataclasses import dataclass, replace

from services.finalization.adapters import institution_files, sptjm_uploads, store
from services.finalization.model.institution import Institution, Seal, Sptjm
from services.finalization.model.known_file import KnownFile
from services.finalization.model.sptjm_states import SPTJM_MOVES, SptjmStep
from services.finalization.model.sptjm_upload import Upload
from services.finalization.shared.asked import event_of, load_own, require_version
from services.finalization.shared.sealed import require_open, require_ppk, require_seal
from services.finalization.sptjm.number import number_of, require_number
from services.finalization.sptjm.signed_file import file_used_problem, require_signed_file
from services.kernel.web.request import Request
from services.kernel.writes.gate import ConditionLost

ACTION = "sptjm.submitted"


@dataclass(frozen=True)
class SignedPaper:
    """What is handed in: the id of the uploaded file, and the number as it is printed on the paper."""

    file: str
    number: str


def submit_sptjm(code: str, paper: SignedPaper, v: int | None, request: Request) -> Institution:
    """Hand in an accepted upload as the signed statement of the sealed list.

    The request received before the due date counts; what bkn decides about it may come later *(ours)*.

    Raises:
        Problem: `not-found`, `version-moved`; `wrong-phase` before the seal; `incomplete` without a PPK on record;
            `illegal-transition`; `window-closed`; `invalid-fields` for the number of another statement and for a
            file that will not do; `conflict` for one that was handed in before.
    """
    institution = load_own(code, request.actor)
    require_version(institution, v, institution.sptjm.since)  # fetching the paper itself made a version
    seal = require_seal(institution)
    require_ppk(institution)
    state = SPTJM_MOVES.after(institution.sptjm.state, SptjmStep.SUBMIT)
    require_open(institution, request.received)
    number = number_of(institution, seal)
    require_number(paper.number, number)
    known = require_signed_file(institution.code, paper.file, number)
    sptjm = replace(institution.sptjm, state=state, number=institution.sptjm.number + 1, reason=None)
    return _handed_in(institution, replace(sptjm, file=known.id, uploaded_at=request.received), seal, known, request)


def _handed_in(institution: Institution, sptjm: Sptjm, seal: Seal, known: KnownFile, request: Request) -> Institution:
    after = replace(institution, sptjm=sptjm)
    upload = _upload(after, seal, known, request)
    event = event_of(request, ACTION, {"file": known.id, "ppk": upload.signer.nama})
    also = [sptjm_uploads.put_upload(after, upload), institution_files.hand_in(after.code, known)]
    try:
        return store.save(institution, after, event, also, request.once)
    except ConditionLost as lost:
        raise file_used_problem() from lost


def _upload(institution: Institution, seal: Seal, known: KnownFile, request: Request) -> Upload:
    return Upload(
        number=institution.sptjm.number,
        epoch=seal.epoch,
        root=seal.root,
        file=known.id,
        file_sha256=known.sha256,
        printed_number=known.printed_number,
        by=request.actor.id,
        role=request.actor.role.value,
        at=request.received,
        signer=require_ppk(institution),
    )
