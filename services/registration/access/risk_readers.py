"""Whom risk flags are told: whoever decides, answers for it or supervises, and nobody of himself."""

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.registration.access.staff_roles import RISK_READERS


def may_know(actor: Actor, pid: str) -> bool:
    """Whether the actor is told the flags of this person."""
    return actor.role in RISK_READERS and not actor.is_own(pid)


def require_reader(actor: Actor) -> None:
    """Refuse whoever is told nobody's flags.

    Raises:
        Problem: `forbidden`.
    """
    if actor.role not in RISK_READERS:
        raise Problem(Code.FORBIDDEN)
