"""A correction of a NIK that was asked for and waits for an admin (domain.md, section 3, *Putting right*)."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class AskedNik:
    """The right NIK, why, who asked (an account's id) and when, in milliseconds."""

    nik: str = field(repr=False)
    reason: str = field(repr=False)
    by: str
    at: int
