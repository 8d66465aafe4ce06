"""The folder where a local portal's data live between runs."""

import fcntl
import shutil
from pathlib import Path
from typing import IO


class StateFolder:
    """One portal's folder, used by one process at a time."""

    def __init__(self, folder: Path) -> None:
        """Touch nothing yet."""
        self._folder = folder
        self._lock: IO[str] | None = None

    def take(self) -> None:
        """Take it for this process; forget a first start that did not come to its end.

        Raises:
            RuntimeError: another portal uses it.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = (self._folder / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            lock.close()
            text = f"Folder {self._folder} sedang dipakai portal lain; pilih yang lain: make run STATE=folder"
            raise RuntimeError(text) from taken
        self._lock = lock
        if not self._kept.exists():
            shutil.rmtree(self._folder / "emulator", ignore_errors=True)

    def keep(self) -> None:
        """What is in it is worth keeping."""
        self._kept.touch()

    def forget_leftovers(self) -> None:
        """Changes and mails left over by an earlier portal whose data are gone."""
        for leftover in ("streams", "outbox"):
            shutil.rmtree(self._folder / leftover, ignore_errors=True)

    def leave(self) -> None:
        """Let another process take it."""
        if self._lock is not None:
            self._lock.close()

    @property
    def _kept(self) -> Path:
        return self._folder / "kept"
