"""What bkn does with lists of titles stands in the chain of what is done with the accounts of national staff."""

from datetime import datetime

from services.kernel.audit.chain import Event
from services.kernel.aws.dynamodb import Operation
from services.registration.adapters.staff_log import StaffLog
from services.registration.model.title_list import TitleList


def record_deed(action: str, titles: TitleList, by: str, at: datetime) -> list[Operation]:
    """The operations that write a deed down; they join the transaction that does it."""
    told = {"list": titles.id, "titles": len(titles.titles), "digest": titles.digest, "number": titles.number}
    return StaffLog(None).note(Event(by, action, at, told))
