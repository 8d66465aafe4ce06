"""Who works on an institution's census, as far as facts have arrived."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Office:
    """How many of its staff may sign in, how many of them as its admin, and when its last file of people came."""

    admins: int = 0
    users: int = 0
    imported: datetime | None = None
