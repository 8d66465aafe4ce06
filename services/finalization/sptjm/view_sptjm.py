"""The SPTJM as the console shows it, with every signed statement that was handed in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.finalization.model.institution import Institution
from services.finalization.model.sptjm_states import SptjmState
from services.finalization.model.sptjm_upload import Upload
from services.finalization.shared.views import PpkView, local, maybe_local
from services.finalization.sptjm.number import number_of, sptjm_number
from services.kernel.web.languages import SentenceOrTyped


class UploadView(BaseModel):
    """One signed statement: which it claims to be (`number`), what became of it and why, and who was to sign it.

    `printed_number` is what the file itself carries; null for a scan, whose paper bkn must look at.
    """

    number: str
    printed_number: str | None
    epoch: int
    state: SptjmState
    reason: SentenceOrTyped | None
    file: str
    role: str
    at: datetime
    decided_at: datetime | None
    voided_at: datetime | None
    signer: PpkView | None

    @classmethod
    def of(cls, code: str, upload: Upload, *, with_signer: bool) -> Self:
        """The statement as it is shown; `signer` is the PPK on record when it was handed in."""
        return cls(
            number=sptjm_number(code, upload.epoch),
            printed_number=upload.printed_number,
            epoch=upload.epoch,
            state=upload.state,
            reason=upload.reason,
            file=upload.file,
            role=upload.role,
            at=local(upload.at),
            decided_at=maybe_local(upload.decided_at),
            voided_at=maybe_local(upload.voided_at),
            signer=PpkView.of(upload.signer) if with_signer else None,
        )


class SptjmView(BaseModel):
    """The SPTJM: `number` once there is a seal; `file`, `printed_number` and `signer` are of the upload that counts.

    `standing` is the number of an earlier one, accepted, that counts until this one is (domain.md, section 3, *BKN*).
    """

    state: SptjmState
    reason: SentenceOrTyped | None
    closes: datetime | None
    number: str | None
    printed_number: str | None
    file: str | None
    uploaded_at: datetime | None
    signer: PpkView | None
    standing: str | None
    history: list[UploadView]

    @classmethod
    def of(cls, institution: Institution, uploads: Sequence[Upload], *, with_signer: bool) -> Self:
        """The statement as it is shown."""
        sptjm, seal = institution.sptjm, institution.seal
        history = [UploadView.of(institution.code, upload, with_signer=with_signer) for upload in uploads]
        last = next((upload for upload in history if upload.file == sptjm.file), None)
        return cls(
            state=sptjm.state,
            reason=sptjm.reason,
            closes=maybe_local(sptjm.closes),
            number=number_of(institution, seal) if seal else None,
            printed_number=last.printed_number if last else None,
            file=sptjm.file,
            uploaded_at=maybe_local(sptjm.uploaded_at),
            signer=last.signer if last else None,
            standing=sptjm_number(institution.code, institution.standing.epoch) if institution.standing else None,
            history=history,
        )
