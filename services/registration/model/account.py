"""An account: how somebody signs in. A person's and a member of staff's stand in the same store, keyed apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, Self

from services.kernel.security.sessions import Role

NOT_LISTED: Final = "-"
"""Stands in `own` where somebody has declared that he is not listed himself."""


class AccountState(StrEnum):
    """Whether an account may sign in."""

    MENUNGGU = "MENUNGGU"
    """Of staff: the invitation was accepted, and whoever invited has not confirmed yet that it was the right one."""
    AKTIF = "AKTIF"
    NONAKTIF = "NONAKTIF"
    """Disabled by its admin or bkn."""


@dataclass(frozen=True)
class SecondFactor:
    """What is kept of a member of staff's one-time codes, beside their secret, which is encrypted.

    `last_step` is the time step (RFC 6238, section 4) of the last code that was let in: none of it or before is good
    again. `recovery` holds keyed hashes of the recovery codes that were not used.
    """

    last_step: int = 0
    recovery: tuple[str, ...] = ()


@dataclass(frozen=True)
class StaffPrivate:
    """What is private of a member of staff, encrypted at rest.

    `login` is the NIP or NIK he signs in with, `totp` the secret of his one-time codes in base32 (RFC 4648; empty while
    there is none). `position` and `until` are a PPK's title (*Pj.*, *Plt.* with it) and the last day of his period.
    """

    name: str
    login: str
    email: str = ""
    totp: str = ""
    position: str = ""
    until: date | None = None

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """As it was stored."""
        until = stored.get("until")
        return cls(**{**stored, "until": date.fromisoformat(until) if until else None})

    def stored(self) -> dict[str, Any]:
        """As it is stored: JSON-able."""
        return {**vars(self), "until": self.until.isoformat() if self.until else None}


@dataclass(frozen=True)
class Account:
    """How somebody signs in (item `U#<id>`/`@`).

    `id` is the keyed hash of the sign-in number, `pid` the person it belongs to (None for staff). `encrypted` is
    what is private of it: a person's contact (opened with the person's salt), a member of staff's `StaffPrivate` (with
    the account's own `salt`). `token_version` rises when every token given out before must end. `v` counts the writes.
    Of staff: `sponsors` are the accounts that invited him or gave him a role since, `own` the pid his NIK has in his
    institution, where he has declared it (`NOT_LISTED`: that he is not listed), `ended` the sign-ins he has ended since
    the tokens last ended altogether.
    """

    id: str
    role: Role
    institution: str | None
    units: tuple[str, ...]
    pid: str | None
    password_hash: str
    token_version: int
    state: AccountState
    v: int
    salt: bytes | None
    encrypted: bytes
    second: SecondFactor | None = None
    sponsors: tuple[str, ...] = ()
    own: str | None = None
    ended: tuple[str, ...] = ()

    @property
    def may_sign_in(self) -> bool:
        """Whether its owner is let in with the right password."""
        return self.state is AccountState.AKTIF
