"""The institution hands in the signed SPTJM: a file it uploaded before, and that passed inspection."""

from dataclasses import replace

from services.finalization.adapters import parts, sptjm_files, store
from services.finalization.adapters.sptjm_files import KnownFile
from services.finalization.institution.asked import Asked
from services.finalization.institution.model import Institution
from services.finalization.sptjm import states
from services.finalization.sptjm.sealed import require_open, require_ppk, require_seal
from services.finalization.sptjm.states import SptjmState, SptjmStep
from services.kernel import clock
from services.kernel.documents import DocumentType, FileState, parse_file_id
from services.kernel.gate import ConditionLost
from services.kernel.problems import Code, Problem, invalid

ACTION = "sptjm.submitted"


def submit_sptjm(code: str, file: str, asked: Asked) -> Institution:
    """Hand in an accepted upload as the signed statement of the sealed list.

    The request received before the due date counts; what bkn decides about it may come later *(ours)*.

    Raises:
        Problem: `not-found`, `version-moved`; `wrong-phase` before the seal; `incomplete` without a PPK on record;
            `illegal-transition`; `window-closed`; `invalid-fields` for a file that is none, or not accepted;
            `conflict` for one that was handed in before.
    """
    institution = asked.institution(code)
    if asked.repeats(institution, ACTION):
        return institution
    asked.require_version(institution, institution.sptjm.since)  # fetching the paper itself made a version
    seal, ppk = require_seal(institution), require_ppk(institution)
    state = states.after(institution.sptjm.state, SptjmStep.SUBMIT)
    require_open(institution, asked.received)
    known = _accepted(institution.code, file)
    sptjm = replace(
        institution.sptjm,
        state=state,
        number=institution.sptjm.number + 1,
        file=known.id,
        uploaded_at=asked.received,
        reason=None,
    )
    after = replace(asked.remembered(institution, ACTION), sptjm=sptjm)
    filed = {
        "number": sptjm.number,
        "ep": seal.epoch,
        "root": seal.root,
        "file": known.id,
        "file_sha256": known.sha256,
        "by": asked.actor.id,
        "role": asked.actor.role.value,
        "at": clock.millis(asked.received),
        "st": SptjmState.DIUNGGAH.value,
    }
    also = [parts.upload(after, filed), sptjm_files.hand_in(institution.code, known)]
    try:
        return store.save(institution, after, asked.event(ACTION, {"file": known.id, "ppk": ppk.nama}), also)
    except ConditionLost as lost:
        raise _used() from lost


def _accepted(code: str, file: str) -> KnownFile:
    _require_own_sptjm(code, file)
    known = sptjm_files.find(code, file)
    if known is None:
        raise invalid("file", "not-inspected", "Berkas belum selesai diperiksa. Tunggu sebentar, lalu kirim lagi.")
    if known.state is not FileState.DITERIMA:
        raise invalid("file", "not-accepted", known.message or "Berkas ditolak. Unggah berkas lain.")
    if known.handed_in:
        raise _used()
    return known


def _require_own_sptjm(code: str, file: str) -> None:
    try:
        of = parse_file_id(file)
    except ValueError:
        raise invalid("file", "not-a-file", "Nomor berkas tidak dikenal. Unggah SPTJM, lalu kirim lagi.") from None
    if of.institution != code:
        raise Problem(Code.NOT_FOUND)
    if of.jenis is not DocumentType.SPTJM:
        raise invalid("file", "not-sptjm", "Berkas ini bukan SPTJM. Unggah berkas berjenis SPTJM.")


def _used() -> Problem:
    return Problem(Code.CONFLICT, "Berkas ini sudah pernah dikirim. Unggah SPTJM yang baru ditandatangani.")
