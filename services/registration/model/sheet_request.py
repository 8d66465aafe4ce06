"""That a member of staff wants a sheet for somebody who has an account; a second one agrees (domain.md, section 3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from services.kernel.security.sessions import Role

LASTS: Final = timedelta(days=7)
"""How long a second one may agree *(ours)*."""


@dataclass(frozen=True)
class SheetRequest:
    """Who asked (item `P#<pid>`/`MINTA`): account, role, units and own pid, for whom he may print; and when."""

    pid: str
    by: str
    role: Role
    units: tuple[str, ...]
    own: str | None
    at: datetime

    def is_open(self, at: datetime) -> bool:
        """Whether somebody may still agree."""
        return at < self.at + LASTS
