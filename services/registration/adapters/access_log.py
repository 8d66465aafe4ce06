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
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.security.sessions import Actor
from services.kernel.writes import ungated
from services.registration.model.person import Person
from services.registration.settings import settings


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
    _record(person.pid, event, institution=person.institution, salt=person.salt)


def record_reading(institution: str, actor: Actor, action: str, at: datetime, what: Mapping[str, Any]) -> None:
    """Add a link to the access chain of the institution's lists, before anything is shown; `what` names what is.

    Raises:
        Problem: `try-again`; then nothing may be shown.
    """
    event = Event(actor.id, action, at, {"role": actor.role.value, **what})
    _record(lists_of(institution), event, institution=institution)


def _record(subject: str, event: Event, *, institution: str, salt: bytes | None = None) -> None:
    """Without a `salt` the links are encrypted with one that the head keeps."""
    table, key = settings().table, head_key(subject)
    for _ in range(ungated.TRIES):
        head = dynamodb.get(table, key) or {"v": 0, "head": audit.GENESIS}
        own = {} if salt else {"salt": head.get("salt") or privacy.new_salt()}
        link = audit.link(
            audit.access_chain(subject),
            head["v"] + 1,
            head["head"],
            event,
            institution=institution,
            salt=salt or own["salt"],
        )
        same = Attr("v").eq(head["v"]) if head["v"] else Attr("pk").not_exists()
        moved = dynamodb.update(table, key, values={"v": head["v"] + 1, "head": link.hash, **own}, when=same)
        if ungated.commit([moved, link.operation]):
            return
    raise Problem(Code.TRY_AGAIN, retry_after=1)
