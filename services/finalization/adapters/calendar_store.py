"""The round's calendar in the fin table: what stands now, and every version that stood before."""

from dataclasses import replace

from boto3.dynamodb.conditions import ConditionBase

from services.finalization.adapters.institution_items import stamps, to_windows
from services.finalization.adapters.letter_items import from_letter, to_letter
from services.finalization.adapters.store import Changed, VersionMoved, chain
from services.finalization.model.calendar import Calendar
from services.finalization.settings import settings
from services.kernel.audit import chain as audit
from services.kernel.audit.chain import Event
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Cancelled, Operation
from services.kernel.writes import ungated
from services.kernel.writes.idempotency import Once

OWNER = "CAL"
"""Stands where an institution's code stands elsewhere: in keys, in the audit chain's name, for the data key."""
_KEY = {"pk": OWNER, "sk": "@"}


def load(*, consistent: bool = True) -> Calendar:
    """The calendar that stands; the built-in one while none is stored."""
    item = dynamodb.get(settings().table, _KEY, consistent=consistent)
    if item is None:
        return Calendar()
    return Calendar(to_windows(item), item["v"], to_letter(item["letter"]), item["salt"], item["head"])


def save(before: Calendar, after: Calendar, event: Event, once: Once | None = None) -> Calendar:
    """Store a calendar as the next version, with its link of the calendar's audit chain; returns it as stored.

    It also remembers what a retry of the request is answered, `once` (`changed`).

    Raises:
        VersionMoved: when somebody was faster.
        Problem: `try-again`.
    """
    link = audit.link(chain(OWNER), before.v + 1, before.head, event, institution=OWNER, salt=after.salt)
    stored = replace(after, v=before.v + 1, head=link.hash)
    item = {
        "v": stored.v,
        "letter": from_letter(stored.letter) if stored.letter else {},
        "salt": stored.salt,
        "head": stored.head,
        **stamps(stored.windows),
    }
    answer = once.remember(changed(stored)) if once else []
    now = dynamodb.put(settings().table, {**_KEY, **item}, when=_is(before))
    kept = dynamodb.put(settings().table, {"pk": OWNER, "sk": f"V#{stored.v:06d}", **item})
    try:
        ungated.insist([now, kept, link.operation, *answer])
    except Cancelled as cancelled:
        raise VersionMoved from cancelled
    return stored


def remember(present: Calendar, once: Once) -> Calendar:
    """Remember what a retry of a request is answered that wants what stands already; returns what stands.

    Raises:
        Problem: `try-again`.
    """
    if answer := once.remember(changed(present)):
        ungated.commit(answer)
    return present


def changed(calendar: Calendar) -> Changed:
    """What is remembered of a request that left the calendar like this."""
    return Changed(owner=OWNER, v=calendar.v)


def unmoved(calendar: Calendar) -> Operation:
    """The operation that cancels its transaction unless this calendar still stands."""
    return dynamodb.check(settings().table, _KEY, when=_is(calendar))


def _is(calendar: Calendar) -> ConditionBase:
    return Attr("v").eq(calendar.v) if calendar.v else Attr("pk").not_exists()
