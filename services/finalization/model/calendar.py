"""The round's calendar: what every institution starts with, and follows in every window that is not its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.finalization.model.institution import Letter
from services.kernel.writes.calendar import DEFAULT_2022, Span, Window

Windows = Mapping[Window, Span]


@dataclass(frozen=True)
class Calendar:
    """The four windows, and the letter they rest on. `v` 0 is the built-in one of 2022, which rests on none.

    `head` is the hash of the last link of the calendar's own audit chain.
    """

    windows: Windows = field(default_factory=lambda: DEFAULT_2022)
    v: int = 0
    letter: Letter | None = None
    salt: bytes = b""
    head: str = ""
