"""What every use case asks of a request: the institution it speaks of, and that it knows how that one stands."""

from collections.abc import Mapping
from typing import Any

from services.finalization.adapters import store
from services.finalization.model.institution import Institution
from services.kernel.audit.chain import Event
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.web.request import Request


def load_own(code: str, actor: Actor) -> Institution:
    """The institution somebody speaks of.

    Raises:
        Problem: `not-found`, also for another institution than his own.
    """
    actor.require_institution(code)
    return store.load(code)


def require_version(institution: Institution, v: int | None, since: int | None = None) -> None:
    """Refuse a decision about something that has changed since its sender saw it: as version `v`, if he says.

    `since` is the oldest version that will do; without it only the present one does.

    Raises:
        Problem: `version-moved`.
    """
    oldest = institution.v if since is None else since
    if v is not None and not oldest <= v <= institution.v:
        raise Problem(Code.VERSION_MOVED)


def event_of(request: Request, action: str, delta: Mapping[str, Any]) -> Event:
    """What the audit trail keeps of a request: who, `action`, the instant of receipt, and `delta`, JSON-able."""
    return Event(request.actor.id, action, request.received, delta)
