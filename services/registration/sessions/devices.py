"""Browsers that have signed in before: such a one is known to the account, whatever others do to it.

A signed cookie that lives half a year says which accounts have signed in here. It opens nothing: it only spares its
owner the captchas that guessing by others brings on (lockout.py), and holds the refresh token of a sign-in to the
browser that began it (families.py).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from pydantic import BaseModel, ValidationError

from services.kernel import clock
from services.kernel.problems import Problem
from services.kernel.security import sessions
from services.kernel.security.sessions import Audience
from services.registration.model.account import Account
from services.registration.sessions import tokens

TTL = timedelta(days=180)
"""Since the last sign-in in this browser *(ours)*."""
MAX_DEVICES = 5
"""So many accounts a browser is remembered for, the latest ones: people of an office share computers *(ours)*."""


class _Claims(BaseModel):
    """What the cookie says: the browser's name, and of each account the token version it signed in with."""

    aud: Audience = Audience.DEVICE
    sub: str
    accounts: dict[str, int]
    exp: int


@dataclass(frozen=True)
class Device:
    """One browser; `accounts` maps accounts that have signed in here to their token version then, the latest last."""

    name: str
    accounts: Mapping[str, int]

    @classmethod
    def of(cls, token: str | None) -> Self:
        """The browser that shows this cookie; without a genuine one that still lives, one nobody has seen before."""
        try:
            claims = _Claims.model_validate(sessions.content(token or "", Audience.DEVICE))
        except (Problem, ValidationError):
            return cls(secrets.token_hex(16), {})
        if clock.now() >= clock.from_millis(claims.exp * 1000):
            return cls(secrets.token_hex(16), {})
        return cls(claims.sub, claims.accounts)

    def knows(self, account: Account | None) -> bool:
        """Whether the account has signed in here since its password was last changed."""
        return account is not None and self.accounts.get(account.id) == account.token_version

    def token_after(self, account: Account) -> str:
        """The cookie once this account has signed in here."""
        others = {known: version for known, version in self.accounts.items() if known != account.id}
        latest = [*others.items(), (account.id, account.token_version)][-MAX_DEVICES:]
        end = int((clock.now() + TTL).timestamp())
        return tokens.sign(_Claims(sub=self.name, accounts=dict(latest), exp=end))
