"""Who looked at what is masked or restricted of a person: an audit chain of its own (domain.md, section 8).

Reading is allowed after the lock too, so it must not touch the person's root: the head stands in `P#<pid>`/`A`.
"""

from datetime import datetime

from services.kernel import audit, ungated
from services.kernel.audit import Event
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr
from services.kernel.problems import Code, Problem
from services.kernel.sessions import Actor
from services.registration.people.record import Person
from services.registration.settings import settings


def head_key(pid: str) -> dict[str, str]:
    """The key of the chain's head."""
    return {"pk": f"P#{pid}", "sk": "A"}


def record_access(person: Person, actor: Actor, action: str, at: datetime) -> None:
    """Add a link to the person's access chain, before anything is shown.

    Raises:
        Problem: `try-again`; then nothing may be shown.
    """
    table, key = settings().table, head_key(person.pid)
    for _ in range(ungated.TRIES):
        head = dynamodb.get(table, key) or {"v": 0, "head": audit.GENESIS}
        link = audit.link(
            audit.access_chain(person.pid),
            head["v"] + 1,
            head["head"],
            Event(actor.id, action, at, {"role": actor.role.value}),
            institution=person.institution,
            salt=person.salt,
        )
        same = Attr("v").eq(head["v"]) if head["v"] else Attr("pk").not_exists()
        moved = dynamodb.update(table, key, values={"v": head["v"] + 1, "head": link.hash}, when=same)
        if ungated.commit([moved, link.operation]):
            return
    raise Problem(Code.TRY_AGAIN, retry_after=1)
