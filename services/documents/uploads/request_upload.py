"""Promise a place for one file and hand out the form with which a browser sends it straight to quarantine.

The promise to a person is an upload intent, so it is written through the gate: whoever asked in time may send, and what
he sends is inspected after the deadline and counts. Papers of an institution have windows of their own elsewhere.
"""

import base64
import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from pydantic import BaseModel

from services.documents.access import Callers
from services.documents.adapters import objects, store
from services.documents.files.model import File
from services.documents.settings import files_key
from services.documents.uploads.claim_subject import Claim, claim_subject, require_own_history
from services.documents.uploads.wish import UploadWish, require_fitting
from services.kernel import clock, gate, ungated
from services.kernel.audit import Event
from services.kernel.calendar import Window
from services.kernel.documents import FileId, FileState, Owner, rule_of
from services.kernel.documents.receipts import Receipt, sign_receipt
from services.kernel.gate import ConditionLost, GatedWrite, MovedPerson
from services.kernel.idempotency import key_used
from services.kernel.problems import Code, Problem, invalid

FORM_LIFE = timedelta(minutes=15)
MOST_OF_A_KIND = 500
"""So many promises of one kind, kept or not, no honest person needs; it bounds what a broken client can do."""
MOST_ENROLLING = 400
"""The same under enrolments, so that a stranger who passed the identity check leaves the owner some *(ours)*."""


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


def request_upload(wish: UploadWish, callers: Callers, received: datetime, key: str | None) -> Promise:
    """Promise a place, once per idempotency key.

    Raises:
        Problem: see `claim_subject`, `require_fitting` and `require_own_history`; `window-closed` or `window-not-open`
            for a person's file; `throttled` after far too many promises of one kind; `invalid-fields` for another file
            under the same key; `try-again`.
    """
    claim = claim_subject(wish, callers)
    require_fitting(wish)
    require_own_history(wish, claim.subject)
    once = _once(claim, key)
    for _ in range(ungated.TRIES):
        known = store.find_once(once) if once else None
        if known is not None:
            _require_same(known, wish)
            return _promise(known, received)
        file = _new_file(wish, claim, received)
        if _written(file, claim, once, received):
            return _promise(file, received)
        claim = replace(claim, subject=store.load_subject(claim.subject.id) or claim.subject)
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _require_same(known: File, wish: UploadWish) -> None:
    """Refuse to answer for another file with the place of the one that was promised under this key."""
    promised = (known.id.jenis, known.riwayat, known.size)
    if promised != (wish.jenis, wish.riwayat, wish.ukuran):
        raise key_used()


def _new_file(wish: UploadWish, claim: Claim, received: datetime) -> File:
    n = claim.subject.last.get(wish.jenis, 0) + 1
    if n > (MOST_ENROLLING if claim.actor.enrolment else MOST_OF_A_KIND):
        text = "Berkas jenis ini sudah terlalu sering diunggah. Minta petugas instansi Anda mengunggahnya."
        raise Problem(Code.THROTTLED, text)
    return File(
        id=FileId(claim.subject.id, wish.jenis, n),
        institution=claim.subject.institution,
        v=1,
        state=FileState.MENUNGGU_UNGGAH,
        riwayat=wish.riwayat,
        incoming=secrets.token_urlsafe(24),
        received=received,
        uploaded_by=claim.actor.id,
        size=wish.ukuran,
        enrolment=claim.actor.enrolment,
    )


def _written(file: File, claim: Claim, once: str | None, received: datetime) -> bool:
    """Write the promise; False when the subject moved or the key was used meanwhile."""
    delta = {"file": str(file.id), "riwayat": file.riwayat, "size": file.size, "enrolment": file.enrolment}
    event = Event(claim.actor.id, "request-upload", received, delta)
    head, link = store.chain(claim.subject, event, **store.last_of(file))
    operations = [head, *store.new_file(file, once)]
    if rule_of(file.id.jenis).owner is Owner.INSTITUTION:
        return ungated.commit([*operations, link.operation])
    write = GatedWrite(
        round=gate.read_round(file.institution),
        window=Window.DOSSIER,
        received=received,
        people=[MovedPerson(operations, {"files": 1}, link)],
    )
    try:
        gate.commit(write)
    except ConditionLost:
        return False
    return True


def _promise(file: File, received: datetime) -> Promise:
    """The form; a retry gets one that ends when the first one does."""
    left = max(1, int((FORM_LIFE - (received - file.received)).total_seconds()))
    form = objects.incoming_form(file.incoming, largest=rule_of(file.id.jenis).most, seconds=left)
    receipt = Receipt(
        file=str(file.id), riwayat=file.riwayat, enrolment=file.enrolment, received=clock.millis(file.received)
    )
    signed = sign_receipt(files_key(), receipt)
    return Promise(id=str(file.id), url=form.url, fields=form.fields, expires_in=left, receipt=signed)


def _once(claim: Claim, key: str | None) -> str | None:
    """The name under which a request with this key is remembered: bound to the actor, his enrolment and the subject."""
    if key is None:
        return None
    if not 8 <= len(key) <= 200:
        raise invalid("Idempotency-Key", "idempotency-key", "Panjang kunci harus 8 sampai 200 karakter.")
    bound = f"{claim.actor.id}\x1f{claim.actor.enrolment}\x1f{claim.subject.id}\x1f{key}"
    return base64.b32encode(hashlib.sha256(bound.encode()).digest()[:20]).decode().lower()
