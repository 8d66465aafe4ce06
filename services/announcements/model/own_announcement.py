"""What an institution recorded of announcing a list by itself (domain.md, section 3, *Own announcement*)."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from services.announcements.model.institution import Announced, Edition

_NAME = re.compile(rf"({Edition.PREFINAL}|{Edition.FINAL})[:-]([1-9][0-9]{{0,5}})")


@dataclass(frozen=True, order=True)
class ListName:
    """Which list: the pre-final one of this number, or the final one sealed in this epoch; `prefinal-1`, `final-2`."""

    final: bool
    number: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The list of a name, also as a manifest has it (`prefinal:1`); None for anything else."""
        found = _NAME.fullmatch(text)
        return cls(found[1] == Edition.FINAL, int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{Edition.FINAL if self.final else Edition.PREFINAL}-{self.number}"


@dataclass(frozen=True)
class OwnAnnouncement:
    """That an institution announced a list: what everybody is told of it, by whom it was recorded, and when.

    `file` is the photo of the board, or the PDF that stands at the address where the institution had it looked at;
    never public. `v` counts what was recorded of this list.
    """

    of: ListName
    v: int
    told: Announced
    by: str
    at: datetime
    file: str | None = None
