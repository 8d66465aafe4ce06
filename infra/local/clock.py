"""The portal's clock at home: the machine's, plus an offset that may be moved and is kept over a restart."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path


class ShiftedClock:
    """The machine's clock plus an offset."""

    def __init__(self, file: Path) -> None:
        """Take the offset kept in `file`, if there is one."""
        self._file = file
        self._moved = threading.Condition()
        kept = json.loads(file.read_text())["offset_seconds"] if file.exists() else 0.0
        self._offset = timedelta(seconds=kept)

    @property
    def offset(self) -> timedelta:
        """How far the portal is ahead of the machine; negative when it is behind."""
        return self._offset

    def now(self) -> datetime:
        """The portal's instant, in UTC."""
        return datetime.now(UTC) + self._offset

    def move_to(self, instant: datetime) -> None:
        """Let it be `instant` now, and wake everyone who waits for an instant."""
        self._set(instant - datetime.now(UTC))

    def advance(self, step: timedelta) -> None:
        """Move by `step`."""
        self._set(self._offset + step)

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
        self._offset = offset
        self.wake()
