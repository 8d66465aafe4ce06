"""Promise a place for one file and hand out the form with which a browser sends it straight to quarantine.

The promise to a person is an upload intent, so it is written through the gate: whoever asked in time may send, and what
he sends is inspected after the deadline and counts; so is that to a unit. Other papers of an institution have windows
of their own elsewhere, and those of a case none (domain.md, section 4).
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.documents.access import Callers
from services.documents.adapters import objects, store
from services.documents.model.file import File
from services.documents.settings import files_key
from services.documents.uploads.claim_subject import Claim, claim_subject, require_own_history
from services.documents.uploads.wish import UploadWish, require_fitting
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.aws.dynamodb import Operation
from services.kernel.documents import FileId, FileState, Owner, parse_file_id, rule_of
from services.kernel.documents.receipts import Receipt, sign_receipt
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.kernel.writes.gate import ConditionLost, GatedWrite, MovedPerson


class Promise(BaseModel):
    """The file's id and the form: post `fields`, then the file as `file`, to `url`, within `expires_in` seconds.

    Seconds and no instant: the clock of the device that sends may be wrong by more than the form lives. Who submits
    before the file has been inspected shows the `receipt` (domain.md, section 4, *Files on their way*).
    """

    id: str
    url: str
    fields: dict[str, str]
    expires_in: int
    receipt: str


class Promised(BaseModel):
    """What is remembered of an accepted request: what a retry is handed the same promise by. It holds no form."""

    incoming: str
    receipt: Receipt

    @classmethod
    def of(cls, file: File) -> Self:
        """What is remembered of a file's promise."""
        received = clock.millis(file.received)
        receipt = Receipt(file=str(file.id), riwayat=file.riwayat, enrolment=file.enrolment, received=received)
        return cls(incoming=file.incoming, receipt=receipt)


def request_upload(wish: UploadWish, callers: Callers, request: Request) -> Promise:
    """Promise a place, once for a request and its retries.

    Raises:
        Problem: see `claim_subject`, `require_fitting` and `require_own_history`; `window-closed` or `window-not-open`
            for a person's file and a unit's; `throttled` after far too many promises of one kind; `invalid-fields` for
            another file under a key that was used; `try-again`.
    """
    claim = claim_subject(wish, callers)
    require_fitting(wish)
    require_own_history(wish, claim.subject)
    return promise(wish, claim, request)


def promise(wish: UploadWish, claim: Claim, request: Request) -> Promise:
    """Promise a place for a wish that fits, to whoever may.

    Raises:
        Problem: as `request_upload`, but for who may.
    """
    promised = request.once.answer(Promised, lambda: _promised(wish, claim, request))
    return _handed_out(promised, claim, request.received)


def _promised(wish: UploadWish, claim: Claim, request: Request) -> Promised:
    for _ in range(ungated.MAX_TRIES):
        file = _new_file(wish, claim, request.received)
        promised = Promised.of(file)
        if _written(file, claim, request.once.remember(promised), request.received):
            return promised
        if twin := request.once.answered(Promised):
            return twin
        claim = replace(claim, subject=store.load_subject(claim.subject.id) or claim.subject)
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _new_file(wish: UploadWish, claim: Claim, received: datetime) -> File:
    claim.require_room(wish.jenis)
    return File(
        id=FileId(claim.subject.id, wish.jenis, claim.subject.last.get(wish.jenis, 0) + 1),
        institution=claim.subject.institution,
        v=1,
        state=FileState.MENUNGGU_UNGGAH,
        riwayat=wish.riwayat,
        incoming=secrets.token_urlsafe(24),
        received=received,
        uploaded_by=claim.by,
        size=wish.ukuran,
        enrolment=claim.enrolment,
    )


def _written(file: File, claim: Claim, answer: Sequence[Operation], received: datetime) -> bool:
    """Write the promise, and what is remembered of it; False when the subject moved or the key was used meanwhile."""
    delta = {"file": str(file.id), "riwayat": file.riwayat, "size": file.size, "enrolment": file.enrolment}
    event = Event(claim.by, "request-upload", received, delta)
    head, link = store.chain(claim.subject, event, **store.last_of(file))
    operations = [head, *store.new_file(file), *answer]
    rule = rule_of(file.id.jenis)
    if rule.owner in {Owner.INSTITUTION, Owner.CASE}:
        return ungated.commit([*operations, link.operation])
    write = GatedWrite(
        round=gate.read_round(file.institution),
        window=rule.window or claim.window,
        received=received,
        people=[MovedPerson(operations, {"files": 1}, link)],
    )
    try:
        gate.commit(write)
    except ConditionLost:
        return False
    return True


def _handed_out(promised: Promised, claim: Claim, received: datetime) -> Promise:
    """The form; a retry gets one that ends when the first one does."""
    receipt = promised.receipt
    left = max(1, int((claim.life - (received - receipt.at)).total_seconds()))
    largest = rule_of(parse_file_id(receipt.file).jenis).most
    form = objects.incoming_form(promised.incoming, largest=largest, seconds=left)
    signed = sign_receipt(files_key(), receipt)
    return Promise(id=receipt.file, url=form.url, fields=form.fields, expires_in=left, receipt=signed)
