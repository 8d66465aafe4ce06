"""Messages of bkn in the reg table, one item `MSG#<id>`/`@` each, and the steps by which each office is told."""

from collections.abc import Mapping

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Operation
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.registration.adapters import reminder_queue
from services.registration.adapters.account_store import NATIONAL
from services.registration.model.office_message import OfficeMessage
from services.registration.model.reminder_step import ReminderStep
from services.registration.settings import settings


def load(identifier: str) -> OfficeMessage:
    """A message by its id.

    Raises:
        Problem: `not-found`.
    """
    item = dynamodb.get(settings().table, _key(identifier))
    if item is None:
        raise Problem(Code.NOT_FOUND)
    private = privacy.decrypt(item["private"], institution=NATIONAL, salt=item["salt"], place=_place(_key(identifier)))
    return OfficeMessage(
        id=identifier,
        by=item["by"],
        at=clock.from_millis(item["at"]),
        institutions=tuple(item["institutions"]),
        text=private["text"],
        salt=item["salt"],
    )


def put_new(message: OfficeMessage) -> Operation:
    """The operation that stores a message."""
    key = _key(message.id)
    private = {"text": message.text}
    item = {
        **key,
        "by": message.by,
        "at": clock.millis(message.at),
        "institutions": list(message.institutions),
        "salt": message.salt,
        "private": privacy.encrypt(private, institution=NATIONAL, salt=message.salt, place=_place(key)),
    }
    return dynamodb.put(settings().table, item, when=Attr("pk").not_exists())


def have_told(message: OfficeMessage) -> None:
    """Ask for a step of each of its institutions; asked for again, nobody is told twice.

    Raises:
        RuntimeError: when the queue did not take all.
    """
    day = message.at.astimezone(clock.WIB).date()
    steps = [ReminderStep(institution=code, day=day, message=message.id) for code in message.institutions]
    reminder_queue.send(steps)


def _key(identifier: str) -> dict[str, str]:
    return {"pk": f"MSG#{identifier}", "sk": "@"}


def _place(key: Mapping[str, str]) -> Place:
    return Place(settings().table, key["pk"], key["sk"])
