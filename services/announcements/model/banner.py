"""The one banner that bkn shows on every page of the portal: what it says, how grave it is, until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

LONGEST: Final = 300
"""Characters of a text; more does not fit above a form on a phone."""


class Level(StrEnum):
    """How grave it is."""

    INFO = "INFO"
    GANGGUAN = "GANGGUAN"
    """Something does not work as it should."""


@dataclass(frozen=True)
class Banner:
    """A banner as it was put up last; `until` is the instant from which on it is gone. `v` counts every change.

    `ends` is `until` by the machine's clock, which browsers measure by: the same but at home, where the portal's clock
    may have been moved.
    """

    v: int
    text_id: str
    text_en: str
    level: Level
    since: datetime
    until: datetime
    ends: datetime

    def stands(self, now: datetime) -> bool:
        """Whether it is shown."""
        return self.since <= now < self.until
