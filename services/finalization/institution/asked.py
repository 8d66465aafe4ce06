"""A request of somebody signed in, as every use case of this service takes it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.finalization.adapters import store
from services.finalization.institution.model import Institution
from services.kernel.audit import Event
from services.kernel.problems import Code, Problem, invalid
from services.kernel.sessions import Actor

_SHORTEST, _LONGEST = 8, 200
_KEPT = 5
"""Keys remembered of each action; nobody takes the same one more often while a retry is on its way."""


@dataclass(frozen=True)
class Asked:
    """Who asks, when it was received, what version he saw (None: he does not say), and his idempotency key."""

    actor: Actor
    received: datetime
    v: int | None = None
    key: str | None = None

    def institution(self, code: str) -> Institution:
        """The institution he speaks of.

        Raises:
            Problem: `not-found`, also for another institution than his own.
        """
        self.actor.require_institution(code)
        return store.load(code)

    def repeats(self, institution: Institution, action: str) -> bool:
        """Whether this very request was accepted before: its retry is answered, not refused.

        Raises:
            Problem: `invalid-fields` for a key of the wrong length.
        """
        mark = self._mark()
        return mark in institution.once.get(action, ())

    def require_version(self, institution: Institution, since: int | None = None) -> None:
        """Refuse a decision about something that has changed since he saw it.

        `since` is the oldest version that will do; without it only the present one does.

        Raises:
            Problem: `version-moved`.
        """
        oldest = institution.v if since is None else since
        if self.v is not None and not oldest <= self.v <= institution.v:
            raise Problem(Code.VERSION_MOVED)

    def remembered(self, institution: Institution, action: str) -> Institution:
        """The institution with this request's key kept, so that a retry is recognised, also after further requests."""
        mark = self._mark()
        if mark is None:
            return institution
        marks = (*institution.once.get(action, ()), mark)[-_KEPT:]
        return replace(institution, once={**institution.once, action: marks})

    def event(self, action: str, delta: Mapping[str, Any]) -> Event:
        """What the audit trail keeps of it."""
        return Event(self.actor.id, action, self.received, delta)

    def _mark(self) -> str | None:
        if self.key is None:
            return None
        if not _SHORTEST <= len(self.key) <= _LONGEST:
            sentence = f"Panjang kunci harus {_SHORTEST} sampai {_LONGEST} karakter."
            raise invalid("Idempotency-Key", "idempotency-key", sentence)
        return hashlib.sha256(f"{self.actor.id}\x1f{self.key}".encode()).hexdigest()
