"""The portal's clock at home: the machine's, plus an offset that may be moved and is kept over a restart."""

import json
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

WIB = timezone(timedelta(hours=7), "WIB")


def as_instant(text: str) -> datetime:
    """An instant in ISO 8601; without a zone it is meant in WIB.

    Raises:
        ValueError: not an instant.
    """
    instant = datetime.fromisoformat(text.strip())
    return instant if instant.tzinfo else instant.replace(tzinfo=WIB)


class ShiftedClock:
    """The machine's clock plus an offset."""

    def __init__(self, file: Path) -> None:
        """Take the offset kept in `file`, if there is one."""
        self._file = file
        self._moved = threading.Condition()
        kept = json.loads(file.read_text())["offset_seconds"] if file.exists() else 0.0
        self._moves = [(datetime.min.replace(tzinfo=UTC), timedelta(seconds=kept))]
        """Every offset since the start, with the machine's instant from which it was valid."""

    @property
    def offset(self) -> timedelta:
        """How far the portal is ahead of the machine; negative when it is behind."""
        return self._moves[-1][1]

    def now(self) -> datetime:
        """The portal's instant, in UTC."""
        return datetime.now(UTC) + self.offset

    def shown_at(self, machine: datetime) -> datetime:
        """What the portal's clock showed at an instant of the machine's, however often it was moved since."""
        return machine + next(offset for since, offset in reversed(self._moves) if since <= machine)

    def move_to(self, instant: datetime) -> None:
        """Let it be `instant` now, and wake everyone who waits for an instant."""
        self._set(instant - datetime.now(UTC))

    def advance(self, step: timedelta) -> None:
        """Move by `step`."""
        self._set(self.offset + step)

    def wait(self, seconds: float) -> None:
        """Sleep, but no longer than until the clock is moved."""
        with self._moved:
            self._moved.wait(seconds)

    def wake(self) -> None:
        """Wake everyone who sleeps here."""
        with self._moved:
            self._moved.notify_all()

    def _set(self, offset: timedelta) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps({"offset_seconds": offset.total_seconds()}))
        self._moves.append((datetime.now(UTC), offset))
        self.wake()
