"""Who did something, by name and role, where the audit trail has an id."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel

from services.kernel.security.sessions import Role
from services.registration.adapters import account_store
from services.registration.model.account import Account


class ActorKind(StrEnum):
    """What acted."""

    PERSON = "person"
    """The person whom the record is about."""
    STAFF = "staff"
    ELSEWHERE = "elsewhere"
    """Staff of another institution, whose name is not told."""
    SYSTEM = "system"
    UNKNOWN = "unknown"
    """An account that is not there any more, or somebody else's pid."""


class ActorView(BaseModel):
    """Who acted; a name and a role for staff only."""

    kind: ActorKind
    name: str | None = None
    role: Role | None = None


def view_actors(actors: Iterable[str], *, pid: str, institution: str) -> dict[str, ActorView]:
    """Who these are, by id, in the history of the person `pid` of this institution."""
    return {actor: _view(actor, pid, institution) for actor in set(actors)}


def _view(actor: str, pid: str, institution: str) -> ActorView:
    if actor == pid:
        return ActorView(kind=ActorKind.PERSON)
    if actor.startswith("system:"):
        return ActorView(kind=ActorKind.SYSTEM)
    account = account_store.load(actor)
    return _of(account, institution) if account is not None and account.pid is None else _UNKNOWN


_UNKNOWN = ActorView(kind=ActorKind.UNKNOWN)


def _of(account: Account, institution: str) -> ActorView:
    if account.institution not in {None, institution}:
        return ActorView(kind=ActorKind.ELSEWHERE, role=account.role)
    return ActorView(kind=ActorKind.STAFF, name=account_store.staff_private(account).name, role=account.role)
