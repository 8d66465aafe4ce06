"""Tell whoever filed a case what happened to it: operations that join the write they tell of (kernel/notices/).

What happens to a case is told to those too whose cases follow it. Nothing of what it says is told.
"""

from collections.abc import Sequence

from services.announcements.adapters import case_store
from services.announcements.cases.number_and_code import code_of
from services.announcements.model.case import Case, Reporter
from services.kernel.aws.dynamodb import Operation
from services.kernel.cases.number import case_number_in_groups
from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient, RecipientKind

MAX_TOLD = 40
"""Of those who filed about the same; a transaction takes 100 operations. The rest read it on their page."""


def tell_received(case: Case, reporter: Reporter) -> Sequence[Operation]:
    """That it was taken in, with its code."""
    if not reporter.is_reachable:
        return []
    fields = {"number": case_number_in_groups(case.number), "access_code": code_of(case)}
    recipient = Recipient(RecipientKind.CASE, case.number)
    event = f"case.{case.number}.received"
    return [outbox.put(Notice(NoticeKind.CASE_RECEIVED, event, recipient, fields, case.institution))]


def tell_message(case: Case) -> Sequence[Operation]:
    """That there is something to read, or to answer."""
    return _told(NoticeKind.CASE_MESSAGE, case, f"message.{case.v + 1}")


def tell_decided(case: Case) -> Sequence[Operation]:
    """That it was decided; what, he reads on its page."""
    return _told(NoticeKind.CASE_DECIDED, case, f"decided.{case.v + 1}")


def tell_expired(case: Case) -> Sequence[Operation]:
    """That it was closed because no answer came."""
    return _told(NoticeKind.CASE_EXPIRED, case, "expired")


def tell_escalated(case: Case) -> Sequence[Operation]:
    """That bkn may decide it as well from now on."""
    return _told(NoticeKind.CASE_ESCALATED, case, "escalated")


def tell_divided(case: Case) -> Sequence[Operation]:
    """That bkn may decide it because the two who decide it differ."""
    return _told(NoticeKind.CASE_DIVIDED, case, "divided")


def tell_stand(case: Case, stand: str) -> Sequence[Operation]:
    """That the record which an accepted usulan became went on; how, he reads on the case's page."""
    return _told(NoticeKind.CASE_STANDS, case, stand)


def _told(kind: NoticeKind, case: Case, what: str) -> Sequence[Operation]:
    numbers = [*([] if case.is_taken_back else [case.number]), *case_store.joined_to(case.number)[:MAX_TOLD]]
    return [
        outbox.put(
            Notice(
                kind,
                f"case.{case.number}.{what}",
                Recipient(RecipientKind.CASE, number),
                {"number": case_number_in_groups(number)},
                case.institution,
            )
        )
        for number in numbers
    ]
