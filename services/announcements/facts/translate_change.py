"""A change of the ann table as the facts it means for the other services.

A case was filed, or moved; an institution recorded that it announced a list by itself.
"""

from collections.abc import Iterator
from typing import Final

from services.announcements.adapters import own_announcement_store
from services.kernel import clock
from services.kernel.aws.dynamodb import Item
from services.kernel.cases import OPEN_CASES
from services.kernel.events.facts import AnnouncementRecorded, CaseEnded, CaseMoved, Fact
from services.kernel.events.relay import Change

CASE: Final = "C#"
"""What the keys of cases begin with; the rest is the number."""
_TOLD: Final = ("state", "level", "due_at", "pid", "heard_at")
"""A change of anything else of a case is nobody else's business."""


def translate_change(change: Change) -> Iterator[Fact]:
    """The fact of one change: that of a case, of an own announcement, or none. Its `v` is the item's."""
    if change.new is None:
        return
    if change.sk.startswith(own_announcement_store.PREFIX):
        yield _recorded(change.new)
    if not change.pk.startswith(CASE) or change.sk != "@" or not change.moved(*_TOLD):
        return
    if change.new.get("joined") is None:
        yield _moved(change.new)
    elif change.new["state"] not in OPEN_CASES:  # who follows another case waits for nobody of his own
        case = change.new["pk"].removeprefix(CASE)
        yield CaseEnded(institution=change.new["institution"], v=change.new["v"], case=case)


def _moved(case: Item) -> CaseMoved:
    due = case.get("due_at") if case["state"] in OPEN_CASES else None
    return CaseMoved(
        institution=case["institution"],
        v=case["v"],
        case=case["pk"].removeprefix(CASE),
        kind=case["kind"],
        state=case["state"],
        level=case["level"],
        pid=case.get("pid"),
        due_at=None if due is None else clock.from_millis(due),
        heard=case.get("heard_at") is not None,
    )


def _recorded(item: Item) -> AnnouncementRecorded:
    one = own_announcement_store.to_announcement(item)
    return AnnouncementRecorded(
        institution=item["pk"].removeprefix("A#"),
        v=one.v,
        list_number=one.of.number,
        final=one.of.final,
        on=one.told.on,
        place=one.told.place.value,
    )
