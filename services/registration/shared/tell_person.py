"""Tell a listed person what happened to his record: operations that join the write they tell of (kernel/notices/)."""

from collections.abc import Sequence
from datetime import datetime

from services.kernel.aws.dynamodb import Operation
from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient, RecipientKind, Value
from services.registration.adapters import account_store
from services.registration.model.person import Person


def tell_corrected(person: Person, fields: Sequence[str], at: datetime) -> Sequence[Operation]:
    """Which of his fields the institution corrected, by name alone; nobody without an account can be told.

    `person` is the record as it was before, `fields` are names of `corrections/correction.py`.
    """
    if not person.has_account:
        return ()
    recipient = Recipient(RecipientKind.PERSON, account_store.account_id(person.row["nik"]))
    told: dict[str, Value] = {"at": at, "corrected": ",".join(fields)}
    event = f"corrected.{person.pid}.{person.v + 1}"
    return [outbox.put(Notice(NoticeKind.DATA_CORRECTED, event, recipient, told, person.institution))]
