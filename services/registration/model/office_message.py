"""What bkn writes to the admins of institutions that it has chosen."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OfficeMessage:
    """A message (item `MSG#<id>`/`@`): whose, when, to which institutions, and what it says; `salt` opens the text."""

    id: str
    by: str
    at: datetime
    institutions: tuple[str, ...]
    text: str
    salt: bytes
