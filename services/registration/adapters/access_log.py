"""Who looked at what is restricted of a person or, from outside, at an institution's lists: audit chains of their own.

Domain.md, sections 2 ("read all (logged)") and 8.

Reading is allowed after the lock too, so it must not touch the person's root: the head stands in `P#<pid>`/`A`, that of
an institution's lists in `P#I<code>`/`A`, with the salt its links are encrypted with.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.kernel.audit import chain as audit
from services.kernel.audit.chain import Event
from services.kernel.audit.log import AuditLog
from services.kernel.aws.dynamodb import Operation
from services.kernel.security.sessions import Actor
from services.registration.model.person import Person


def head_key(subject: str) -> dict[str, str]:
    """The key of the head of a person's chain, or of that of `lists_of` an institution."""
    return {"pk": f"P#{subject}", "sk": "A"}


def lists_of(institution: str) -> str:
    """Stands for an institution's lists of people where the chain of a person has his id."""
    return f"I{institution}"


def record_access(person: Person, actor: Actor, action: str, at: datetime) -> None:
    """Add a link to the person's access chain, before anything is shown.

    Raises:
        Problem: `try-again`; then nothing may be shown.
    """
    event = Event(actor.id, action, at, {"role": actor.role.value})
    _log(person.pid, person.institution, person.salt).record(event)


def link_of_person(person: Person, actor: Actor, action: str, at: datetime) -> list[Operation]:
    """The operations that add a link to the person's access chain, for the transaction of the deed it tells of."""
    event = Event(actor.id, action, at, {"role": actor.role.value})
    moved, link = _log(person.pid, person.institution, person.salt).add(event)
    return [moved, link.operation]


def record_reading(institution: str, actor: Actor, action: str, at: datetime, what: Mapping[str, Any]) -> None:
    """Add a link to the access chain of the institution's lists, before anything is shown; `what` names what is.

    Raises:
        Problem: `try-again`; then nothing may be shown.
    """
    event = Event(actor.id, action, at, {"role": actor.role.value, **what})
    _log(lists_of(institution), institution).record(event)


def link_of_lists(
    institution: str, actor: Actor, action: str, at: datetime, what: Mapping[str, Any]
) -> list[Operation]:
    """The operations that add a link to that chain, for the transaction of the change it tells of."""
    event = Event(actor.id, action, at, {"role": actor.role.value, **what})
    moved, link = _log(lists_of(institution), institution).add(event)
    return [moved, link.operation]


def _log(subject: str, institution: str, salt: bytes | None = None) -> AuditLog:
    return AuditLog(audit.access_chain(subject), head_key(subject), institution, salt)
