"""Windows: which actions an institution's round allows, from which instant to which (domain.md, section 4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.states import Phase


class Window(StrEnum):
    """What may be done while it is open (domain.md, section 4); the gate carries one closing instant for each."""

    ENTRY = "ENTRY"
    """New rows by import or by hand."""
    DOSSIER = "DOSSIER"
    """Accounts, dossiers, files, submission."""
    CORRECTION = "CORRECTION"
    """Corrections and what else changes a row after entry: files of staff, drafts, releases, deletion."""
    VERIFICATION = "VERIFICATION"
    """Verdicts and what voids them by ruling, last check, finalizing."""


DRAIN = timedelta(seconds=45)
"""How long after a close nothing is concluded from it, for who was received in time and is still being carried through.

Longer than any function that writes through the gate may run (30 s at most, services/*/.chalice/config.json) after it
was begun (10 s at most, before its time-out counts: AWS Lambda, "Lambda execution environment lifecycle"), so that
after it no such write can be on its way. The windows refuse newcomers all the while (design.md, section 4).
"""


@dataclass(frozen=True)
class Span:
    """From `opens` (included) to `closes` (excluded), both aware instants."""

    opens: datetime
    closes: datetime

    def holds(self, instant: datetime) -> bool:
        """Whether a request received at `instant` is in time."""
        return self.opens <= instant < self.closes


_OPENING = datetime(2022, 8, 24, tzinfo=clock.WIB)

DEFAULT_2022: Mapping[Window, Span] = {
    Window.ENTRY: Span(_OPENING, datetime(2022, 10, 1, tzinfo=clock.WIB)),
    Window.DOSSIER: Span(_OPENING, datetime(2022, 10, 22, 17, tzinfo=clock.WIB)),
    Window.CORRECTION: Span(_OPENING, datetime(2022, 10, 22, 17, tzinfo=clock.WIB)),
    Window.VERIFICATION: Span(_OPENING, datetime(2022, 10, 31, 17, tzinfo=clock.WIB)),
}
"""The calendar of the 2022 census (domain.md, section 7)."""


@dataclass(frozen=True)
class Round:
    """One institution's gate as it was read: epoch, phase, number of lanes and windows."""

    institution: str
    epoch: int
    phase: Phase
    lanes: int
    import_lanes: int
    windows: Mapping[Window, Span]
    waived: Span | None = None
    """From when until when bkn last let one person of the office decide on what he entered himself, if it ever did."""

    def is_waived(self, received: datetime) -> bool:
        """Whether bkn's waiver for an office of one held at the instant of receipt (domain.md, section 2)."""
        return self.waived is not None and self.waived.holds(received)

    @property
    def last_close(self) -> datetime:
        """When the last of the four windows closes; the lock follows after the drain."""
        return max(span.closes for span in self.windows.values())

    def require(self, window: Window, received: datetime, *, deed: str = "") -> None:
        """Refuse early what the transaction would refuse anyway, and what has not opened yet.

        `deed` says what is closed or not open yet, where that is not what the window is for first.

        Raises:
            Problem: `window-not-open` or `window-closed`, with instant and zone.
        """
        span = self.windows[window]
        if received < span.opens:
            raise not_open_problem(window, span.opens, deed)
        if received >= span.closes:
            raise closed_problem(window, span.closes, deed)


def closed_problem(window: Window, at: datetime, deed: str = "") -> Problem:
    """The answer to whoever comes too late; says what closed (`deed`, or the window), when, and in which zone."""
    return Problem(
        Code.WINDOW_CLOSED,
        f"{deed or WINDOW_WORDS[window]} sudah ditutup pada {clock.wib(at)}.",
        window=window.value,
        closed_at=at.astimezone(clock.WIB).isoformat(),
        zone="WIB",
    )


def not_open_problem(window: Window, at: datetime, deed: str = "") -> Problem:
    """The answer to whoever comes too early."""
    return Problem(
        Code.WINDOW_NOT_OPEN,
        f"{deed or WINDOW_WORDS[window]} baru dibuka pada {clock.wib_from(at)}.",
        window=window.value,
        opens_at=at.astimezone(clock.WIB).isoformat(),
        zone="WIB",
    )


OUT_OF_TIME = frozenset({Code.WINDOW_CLOSED, Code.WINDOW_NOT_OPEN})
"""What a window answers to whoever is too late or too early."""

WINDOW_WORDS = {
    Window.ENTRY: "Penginputan data oleh instansi",
    Window.DOSSIER: "Pembuatan akun dan pengisian data",
    Window.CORRECTION: "Perbaikan data dan keputusan usulan",
    Window.VERIFICATION: "Verifikasi dan finalisasi",
}
