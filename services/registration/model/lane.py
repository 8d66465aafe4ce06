"""A lane of an institution: one of the queues its imports are written through."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LaneHead:
    """Number and hash of the chain's last link, and the salt its links are encrypted with."""

    institution: str
    lane: str
    number: int
    hash: str
    salt: bytes
