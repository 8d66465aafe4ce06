"""An account: how somebody signs in. A person's and a member of staff's stand in the same store."""

from dataclasses import dataclass

from services.kernel.security.sessions import Role


@dataclass(frozen=True)
class Account:
    """How somebody signs in (item `U#<id>`/`@`).

    `id` is the keyed hash of the sign-in number, `pid` the person it belongs to (None for staff). `encrypted` is
    what is private of it: a person's contact (opened with the person's salt), a member of staff's name and number (with
    the account's own `salt`). `token_version` rises when every token given out before must end. `v` counts the writes.
    """

    id: str
    role: Role
    institution: str | None
    units: tuple[str, ...]
    pid: str | None
    password_hash: str
    token_version: int
    disabled: bool
    v: int
    salt: bytes | None
    encrypted: bytes
