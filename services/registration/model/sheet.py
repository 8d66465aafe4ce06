"""An activation sheet, *lembar kode aktivasi*: a code that a person's institution hands him (domain.md, section 3)."""

from dataclasses import dataclass
from datetime import datetime

from services.kernel import clock


@dataclass(frozen=True)
class Sheet:
    """The sheet of one person, the latest (item `P#<pid>`/`LEMBAR`); a new one voids the one before.

    `hash` is the keyed hash of its code, which stands on paper alone. `printed_at`, `used_at` and `until` are whole
    milliseconds; `until` is there where it was printed after the lock: then it opens the login only, until that
    instant. `v` counts the writes. `job` and `part` say in which printing its code was handed out.
    """

    pid: str
    v: int
    hash: str
    printed_by: str
    printed_at: int
    used_at: int | None = None
    until: int | None = None
    job: str | None = None
    part: int = 0

    @property
    def opens_login_only(self) -> bool:
        """Whether it was printed after the lock: then it gives no assurance."""
        return self.until is not None

    def is_good(self, at: datetime) -> bool:
        """Whether its code opens anything at this instant, as far as the sheet itself knows."""
        return self.used_at is None and (self.until is None or clock.millis(at) < self.until)
