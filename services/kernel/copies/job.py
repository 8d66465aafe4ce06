"""One copy from the asking to its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from pydantic import BaseModel

KEPT: Final = timedelta(days=1)
"""How long a copy can be fetched; the bucket's rule deletes it then (infra/shared.yaml, `handed-out`)."""
GIVEN_UP: Final = timedelta(minutes=25)
"""From when on no try of the queue is left: three, each of its visibility timeout (infra/*/merge.yaml)."""
MOST: Final = 3
"""Copies of one kind that a person may ask for in `SPAN`, those that failed among them."""
SPAN: Final = timedelta(days=1)


class CopyState(StrEnum):
    """How a copy stands; only the first two are stored, the others come by the clock."""

    DIMINTA = "DIMINTA"
    """It is being made."""
    SIAP = "SIAP"
    GAGAL = "GAGAL"
    """Every try is over; it may be asked for anew."""
    KEDALUWARSA = "KEDALUWARSA"
    """It was there for a day."""


class CopyMessage(BaseModel):
    """What the queue carries: whose copy, and which of them."""

    pid: str
    copy_id: str


@dataclass(frozen=True)
class CopyJob:
    """The latest copy that a person asked for; item `P#<pid>`/`COPY` of the service that makes it.

    `key` is where in the exports bucket it is put, a random name. `asked` are the instants of his askings within
    `SPAN`, the latest last; `v` counts the item's writes.
    """

    pid: str
    institution: str
    id: str
    v: int
    key: str
    asked: tuple[datetime, ...]
    made_at: datetime | None = None

    @property
    def asked_at(self) -> datetime:
        """When this one was asked for."""
        return self.asked[-1]

    @property
    def until(self) -> datetime | None:
        """Until when it can be fetched; None while it is not made."""
        return None if self.made_at is None else self.made_at + KEPT

    def state(self, now: datetime) -> CopyState:
        """How it stands at an instant. One that is made after all, though late, is there."""
        if self.until is not None:
            return CopyState.SIAP if now < self.until else CopyState.KEDALUWARSA
        return CopyState.DIMINTA if now < self.asked_at + GIVEN_UP else CopyState.GAGAL
