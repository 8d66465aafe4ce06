"""What became of a row between the numbered pre-final list and the final one: public fields only, never why."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from services.announcements.model.institution import Row


class ChangeKind(StrEnum):
    """How a row differs, in the order in which they are shown."""

    LEFT = "LEFT"
    """It stood on the pre-final list only."""
    ADDED = "ADDED"
    """It stands on the final list only."""
    CHANGED = "CHANGED"
    """It stands on both, with another name, unit, job or category."""


class Change(NamedTuple):
    """One row that differs; `before` and `after` are None where it does not stand on that list.

    Of a `hidden` one only the registration number may be shown: something like a personal number stands in it.
    """

    kind: ChangeKind
    nomor_registrasi: str
    before: Row | None
    after: Row | None
    hidden: bool = False


def count_changes(changes: Iterable[Change]) -> dict[str, int]:
    """How many of each kind, in the order in which they are shown."""
    counted = Counter(change.kind for change in changes)
    return {kind.value: counted[kind] for kind in ChangeKind}
