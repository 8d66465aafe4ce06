"""A change of the ann table as the facts it means for the other services: a case was filed, or moved."""

from collections.abc import Iterator
from typing import Final

from services.kernel import clock
from services.kernel.aws.dynamodb import Item
from services.kernel.cases import OPEN_CASES
from services.kernel.events.facts import CaseMoved, Fact
from services.kernel.events.relay import Change

CASE: Final = "C#"
"""What the keys of cases begin with; the rest is the number."""
_TOLD: Final = ("state", "level", "due_at", "pid")
"""A change of anything else of a case is nobody else's business."""


def translate_change(change: Change) -> Iterator[Fact]:
    """The facts of one change: that of a case, or none. Its `v` is the item's."""
    case = change.new
    if case is None or not change.pk.startswith(CASE) or change.sk != "@" or not change.moved(*_TOLD):
        return
    if case.get("joined") is None:  # who follows another case waits for nobody of his own
        yield _moved(case)


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
    )
