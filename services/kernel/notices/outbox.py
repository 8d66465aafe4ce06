"""Notices that wait to be sent: an item of the service's own table, written with the deed that causes it.

`put` goes into that deed's transaction, so that there is no deed without its notice and no notice without its deed. The
table's stream tells the sender (`tell`, `send.py`). One item an event and recipient, for ever, makes it one notice.
What it carries, a link's token above all, is encrypted until it is sent, and then gone.

    WAITING -> SENT | NO_ADDRESS | STOPPED | EXPIRED

Between asking for a mail to be sent and noting that it was, a function may die, and nobody knows then whether it went
out. So whoever sends takes a lease first, and the next one waits until that is over: long enough for SES to say that it
has sent the mail (`feedback.py`). Only if it has not said so either, the mail is sent anew.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from services.kernel import clock
from services.kernel.aws import dynamodb, events
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.notices.catalogue import FIELDS, Notice, NoticeKind, Recipient, Value
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.settings import settings
from services.kernel.web.languages import Language
from services.kernel.writes import ungated

PREFIX: Final = "NOTICE#"
LEASE: Final = timedelta(minutes=10)
"""How long nobody else sends what one function has begun to send; SES tells of a mail it took within seconds."""
NATIONAL: Final = "nasional"
"""Whose data key encrypts what belongs to no institution."""
_INSTANTS: Final = frozenset({"at", "until"})


class NoticeState(StrEnum):
    """What became of a notice."""

    WAITING = "WAITING"
    SENT = "SENT"
    NO_ADDRESS = "NO_ADDRESS"
    """The recipient is not there any more, or has no address; or the stage has no sender."""
    STOPPED = "STOPPED"
    """The address bounced, or its owner said stop."""
    EXPIRED = "EXPIRED"


@dataclass(frozen=True)
class Key:
    """Which notice: the event and the recipient."""

    event: str
    recipient: Recipient

    @property
    def item(self) -> dict[str, str]:
        """The key of its item."""
        return {"pk": f"{PREFIX}{self.event}", "sk": str(self.recipient)}

    @property
    def tag(self) -> str:
        """Both in one word of the letters that a message tag of SES takes."""
        return base64.urlsafe_b64encode(f"{self.event} {self.recipient}".encode()).decode().rstrip("=")

    @classmethod
    def of_tag(cls, tag: str) -> "Key":
        """Read a `tag`.

        Raises:
            ValueError: it is none.
        """
        event, _, recipient = base64.urlsafe_b64decode(tag + "=" * (-len(tag) % 4)).decode().partition(" ")
        return cls(event, Recipient.parse(recipient))


def put(notice: Notice) -> Operation:
    """The operation that puts a notice among those to be sent; refused when this event told this recipient before."""
    key, salt = Key(notice.event, notice.recipient), privacy.new_salt()
    institution = notice.institution or NATIONAL
    private = {"fields": _written(notice.fields), "address": notice.address, "language": notice.language.value}
    item = {
        **key.item,
        "notice": notice.kind.value,
        "state": NoticeState.WAITING.value,
        "institution": institution,
        "at": clock.millis(clock.now()),
        "salt": salt,
        "private": privacy.encrypt(private, institution=institution, salt=salt, place=_place(key)),
    }
    if notice.last is not None:
        item["until"] = clock.millis(notice.last)
    return dynamodb.put(settings().table, item, when=Attr("pk").not_exists(), label="notice")


def tell(records: Iterable[Mapping[str, Any]], queue_url: str) -> None:
    """Ask for what a stream's records (as Lambda gives them) put among the notices to be sent.

    Raises:
        RuntimeError: the queue did not take all of them; the records come again, and what is asked twice is sent once.
    """
    keys = (record["dynamodb"]["Keys"] for record in records if record["eventName"] == "INSERT")
    new = [(key["pk"]["S"], key["sk"]["S"]) for key in keys if key["pk"]["S"].startswith(PREFIX)]
    bodies = [json.dumps({"event": pk.removeprefix(PREFIX), "recipient": sk}) for pk, sk in new]
    events.send(queue_url, bodies)


@dataclass(frozen=True)
class Waiting:
    """A notice under this function's lease, decrypted."""

    key: Key
    kind: NoticeKind
    fields: Mapping[str, Value]
    address: str | None
    language: Language
    until: datetime | None


def lease(key: Key) -> Waiting | None:
    """Take a notice to send it; None when nothing is left to do.

    Raises:
        Problem: `try-again` while another function has it.
    """
    now = clock.millis(clock.machine_now())
    free = Attr("state").eq(NoticeState.WAITING.value) & (Attr("lease").not_exists() | Attr("lease").lte(now))
    taken = {"lease": now + int(LEASE.total_seconds() * 1000)}
    if ungated.commit([dynamodb.update(settings().table, key.item, values=taken, when=free)]):
        return _open(key, _item(key))
    item = dynamodb.get(settings().table, key.item)
    if item is None or item["state"] != NoticeState.WAITING.value:
        return None
    raise Problem(Code.TRY_AGAIN)


def give_back(key: Key) -> None:
    """Let go of a notice that surely was not sent."""
    _change(key, remove=("lease",))


def settle(key: Key, state: NoticeState) -> None:
    """Note what became of it, and forget what it carried; what is settled stays so."""
    known = {"state": state.value, "settled": clock.millis(clock.now())}
    _change(key, values=known, remove=("private", "salt", "lease"))


def state_of(key: Key) -> NoticeState | None:
    """How far a notice is; None: there is none."""
    item = dynamodb.get(settings().table, key.item)
    return None if item is None else NoticeState(item["state"])


def handed_over_at(key: Key) -> datetime | None:
    """When the channel took it; None: it has not, as far as is known."""
    item = dynamodb.get(settings().table, key.item)
    sent = item is not None and item["state"] == NoticeState.SENT.value
    return clock.from_millis(item["settled"]) if item is not None and sent else None


def _change(key: Key, *, values: Mapping[str, Any] | None = None, remove: tuple[str, ...]) -> None:
    waits = Attr("state").eq(NoticeState.WAITING.value)
    ungated.commit([dynamodb.update(settings().table, key.item, values=values, remove=remove, when=waits)])


def _item(key: Key) -> Item:
    item = dynamodb.get(settings().table, key.item)
    if item is None:
        raise LookupError("a notice vanished")
    return item


def _open(key: Key, item: Item) -> Waiting | None:
    if item["state"] != NoticeState.WAITING.value:  # SES told meanwhile of the mail of an earlier try
        return None
    private = privacy.decrypt(item["private"], institution=item["institution"], salt=item["salt"], place=_place(key))
    until = clock.from_millis(item["until"]) if "until" in item else None
    language = Language(private.get("language", Language.INDONESIAN))  # not there on those stored before
    return Waiting(key, NoticeKind(item["notice"]), _read(private["fields"]), private["address"], language, until)


def _place(key: Key) -> Place:
    return Place(settings().table, key.item["pk"], key.item["sk"])


def _written(fields: Mapping[str, Value]) -> dict[str, str | int]:
    return {n: value.isoformat() if isinstance(value, datetime) else value for n, value in fields.items()}


def _read(written: Mapping[str, Any]) -> dict[str, Value]:
    known = {name: value for name, value in written.items() if name in FIELDS}
    return {name: datetime.fromisoformat(value) if name in _INSTANTS else value for name, value in known.items()}
