"""A printed card."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CardKind(StrEnum):
    """Which card: of the account, or of the submitted record."""

    AKUN = "akun"
    PENDATAAN = "pendataan"


@dataclass(frozen=True)
class Card:
    """A card given out; `code` is opaque, stands in its QR code and leads to the public check.

    `void`: another code was given out in its place, because somebody else had its account.
    """

    pid: str
    kind: CardKind
    code: str
    issued_at: datetime
    void: bool = False
