"""Tell a listed person what happened to his record: operations that join the write they tell of (kernel/notices/)."""

from collections.abc import Sequence
from datetime import datetime

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient, RecipientKind, Value
from services.kernel.states import PersonState
from services.registration.adapters import account_store
from services.registration.model.correction_request import CorrectionRequest
from services.registration.model.person import Person


def tell_corrected(person: Person, fields: Sequence[str], at: datetime) -> Sequence[Operation]:
    """Which of his fields the institution corrected, by name alone; nobody without an account can be told.

    `person` is the record as it was before, `fields` are names of `corrections/correction.py`.
    """
    event = f"corrected.{person.pid}.{person.v + 1}"
    return _told(NoticeKind.DATA_CORRECTED, person, event, at=at, corrected=",".join(fields))


def tell_decision(person: Person, decision: PersonState) -> Sequence[Operation]:
    """That the verifikator decided on him, or handed his record back; what and why stands on his page."""
    kind = NoticeKind.RETURNED if decision is PersonState.DIKEMBALIKAN else NoticeKind.VERDICT_GIVEN
    return _told(kind, person, f"decision.{person.pid}.{person.v + 1}", at=clock.now())


def tell_request_decided(person: Person, request: CorrectionRequest) -> Sequence[Operation]:
    """That his request was decided; how stands on his page."""
    event = f"request.{request.id}.{len(request.decided_by)}"
    return _told(NoticeKind.REQUEST_DECIDED, person, event, at=clock.now())


def tell_activity_answered(person: Person) -> Sequence[Operation]:
    """That his institution answered what he said of working there no more; what stands on his page."""
    return _told(NoticeKind.ACTIVITY_ANSWERED, person, f"activity.{person.pid}.{person.v + 1}", at=clock.now())


def tell_taken_off(person: Person) -> Sequence[Operation]:
    """That his institution took him off its list because he said so, and that he may reverse it on his page."""
    return _told(NoticeKind.TAKEN_OFF, person, f"taken-off.{person.pid}.{person.v + 1}", at=clock.now())


def tell_titles_changed(person: Person, number: int, at: datetime) -> Sequence[Operation]:
    """That the list of excluded job titles is another one, and what his record says of his title with it."""
    return _told(NoticeKind.TITLES_CHANGED, person, f"titles.{number}.{person.pid}", at=at)


def tell_copy_ready(person: Person, copy: str, until: datetime) -> Sequence[Operation]:
    """That the copy he asked for, of his data or of his files, can be fetched until an instant."""
    return _told(NoticeKind.COPY_READY, person, f"copy.{person.pid}.{copy}", until=until)


def tell_nik_corrected(person: Person, at: datetime) -> Sequence[Operation]:
    """That he signs in with the NIK of his KTP from now on; neither NIK is told."""
    return _told(NoticeKind.NIK_CORRECTED, person, f"{person.pid}.nik-corrected", at=at)


def tell_tanggapan(person: Person, case: str, at: datetime) -> Sequence[Operation]:
    """That somebody holds he should not stand on the list, and that he may answer; what it says stands on his page."""
    return _told(NoticeKind.TANGGAPAN_FILED, person, f"tanggapan.{case}", at=at)


def _told(kind: NoticeKind, person: Person, event: str, **fields: Value) -> Sequence[Operation]:
    if not person.has_account:
        return ()
    recipient = Recipient(RecipientKind.PERSON, account_store.account_id(person.row["nik"]))
    return [outbox.put(Notice(kind, event, recipient, fields, person.institution))]
