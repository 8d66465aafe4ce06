"""Tell a listed person who has an account: operations that join the write they tell of (kernel/notices/).

Only a contact that a code has shown to be his is written to (notices/find_contact.py); his page tells the same.
"""

from collections.abc import Sequence
from datetime import datetime

from services.kernel.aws.dynamodb import Operation
from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient, RecipientKind, Value
from services.registration.adapters import account_store
from services.registration.model.person import Person


def tell_copy_ready(person: Person, copy: str, until: datetime) -> Sequence[Operation]:
    """That the copy he asked for, of his data or of his files, can be fetched until an instant."""
    return [_told(NoticeKind.COPY_READY, person, f"copy.{copy}", until=until)]


def _told(kind: NoticeKind, person: Person, event: str, **fields: Value) -> Operation:
    recipient = Recipient(RecipientKind.PERSON, account_store.account_id(person.row["nik"]))
    return outbox.put(Notice(kind, f"{person.pid}.{event}", recipient, fields, person.institution))
