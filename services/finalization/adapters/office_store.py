"""What finalization keeps of an institution's office: its users (`O#<code>`/`<user>`), and what they sum up to."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.finalization.adapters.institution_items import key
from services.finalization.model.office import Office
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.events.facts import RosterImported, StaffListed
from services.kernel.security.sessions import Role

OFFICE = "OFFICE"
"""The sort key of the sums, beside the institution's record."""


@dataclass(frozen=True)
class User:
    """A member of staff by the version of registration's fact."""

    v: int
    role: Role
    active: bool

    @property
    def counts_as(self) -> dict[str, int]:
        """What he adds to his office's sums."""
        return {"users": int(self.active), "admins": int(self.active and self.role is Role.ADMIN)}


def load_user(institution: str, user: str) -> User | None:
    """What is known of a member of staff."""
    item = dynamodb.get(settings().table, _user_key(institution, user))
    return None if item is None else User(item["v"], Role(item["role"]), item["active"])


def keep_user(fact: StaffListed, was: User | None) -> list[Operation]:
    """The operations that keep a fact about a member of staff, unless somebody else was faster, and count him."""
    now = User(fact.v, fact.role, fact.active)
    when = Attr("pk").not_exists() if was is None else Attr("v").eq(was.v)
    item = {**_user_key(fact.institution, fact.user), "v": now.v, "role": now.role.value, "active": now.active}
    before = was.counts_as if was else {}
    add = {name: n - before.get(name, 0) for name, n in now.counts_as.items() if n != before.get(name, 0)}
    kept = dynamodb.put(settings().table, item, when=when)
    return [kept, dynamodb.update(settings().table, key(fact.institution, OFFICE), add=add)] if add else [kept]


def keep_import(fact: RosterImported) -> Operation:
    """The operation that keeps when the last file came; a condition fails for one that came before it."""
    values = {"imported": clock.millis(fact.received)}
    newer = Attr("imported").not_exists() | Attr("imported").lt(values["imported"])
    return dynamodb.update(settings().table, key(fact.institution, OFFICE), values=values, when=newer)


def to_office(found: Iterable[Item]) -> Office:
    """The office of an institution; one nobody has told of has no users."""
    item = next(iter(found), {})
    imported = item.get("imported")
    return Office(
        item.get("admins", 0), item.get("users", 0), None if imported is None else clock.from_millis(imported)
    )


def _user_key(institution: str, user: str) -> dict[str, str]:
    return {"pk": f"O#{institution}", "sk": user}
