"""What a member of staff did, in all four services, the newest deed first (domain.md, section 2).

An index of the audit table tells who did what when and in which chain, and nothing of what was changed: that stands in
the record's own history, to which each deed leads.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.audit import chain as audit
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Busy, Item, KeyPart
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import NATIONAL, Actor, Role
from services.kernel.web.languages import Sentence
from services.registration.access.scope import in_scope
from services.registration.access.staff_roles import TRAIL_READERS
from services.registration.adapters import access_log, account_store, person_items, row_store
from services.registration.model.account import Account
from services.registration.model.person import Person
from services.registration.settings import settings
from services.registration.trails.deed_words import tell_deed
from services.registration.trails.users import name_of_user


class RecordRef(BaseModel):
    """Whom a deed was done to."""

    id: str
    institution: str
    nama: str
    nomor_registrasi: str


class DeedView(BaseModel):
    """A deed. `record`: whom it was about, if anybody; `institution`: the code of which it was about, if it was one.

    `user`: the name of the member of staff whose account it was about, where he still has one.
    """

    at: datetime
    service: str
    action: str
    text: Sentence
    record: RecordRef | None
    institution: str | None
    user: str | None


class DeedsPage(BaseModel):
    """Some of what somebody did, and the cursor that asks for what he did before.

    Fewer than asked for, even none, with a cursor: the others were not for this reader, and there may be more.
    """

    name: str
    role: Role
    items: list[DeedView]
    cursor: str | None


@dataclass(frozen=True)
class _About:
    """Whom or what a chain is about, by its name: a person, or an institution."""

    service: str
    pid: str | None = None
    institution: str | None = None


def list_deeds(
    user: str, cursor: str | None, limit: int, *, institution: str, actor: Actor, received: datetime
) -> DeedsPage:
    """One page; that somebody reads another one's deeds is written down first.

    Raises:
        Problem: `not-found`, `forbidden` for another one's deeds, `malformed` for a cursor of no use, `try-again`.
    """
    account = _account(user, institution, actor)
    if actor.id != user:
        access_log.record_reading(institution, actor, "read-deeds", received, {"user": user})
    after = None if cursor is None else _key(cursor, user)
    links, last = dynamodb.query(
        settings().audit_table,
        KeyPart("by").eq(user),
        index=audit.DEEDS,
        after=after,
        limit=limit,
        forward=False,
    )
    return DeedsPage(
        name=account_store.staff_private(account).name,
        role=account.role,
        items=_deeds(links, actor),
        cursor=_cursor(last) if last else None,
    )


def _account(user: str, institution: str, actor: Actor) -> Account:
    """The account, if it is the reader's own, or one of an institution whose users' deeds he may read."""
    if actor.id != user and actor.role not in TRAIL_READERS:
        raise Problem(Code.FORBIDDEN)
    actor.require_institution(institution)
    account = account_store.load(user)
    if account is None or account.pid is not None or (account.institution or account_store.NATIONAL) != institution:
        raise Problem(Code.NOT_FOUND)
    return account


def _deeds(links: Iterable[Item], actor: Actor) -> list[DeedView]:
    about = [(link, _about(str(link["pk"]))) for link in links]
    people = _people(each.pid for _, each in about if each.pid)
    return [_view(link, each, people) for link, each in about if _is_for(actor, each, people)]


def _about(chain: str) -> _About:
    """Whom a chain is about (docs/audit.md, "What is chained")."""
    service, kind, subject, *_ = chain.split("#")
    if kind in {"P", "A"} and not subject.startswith(("I", "S")):
        return _About(service, pid=subject)
    code = subject.lstrip("IS")
    return _About(service, institution=code if code.isdigit() else None)


def _people(pids: Iterable[str]) -> Mapping[str, Person]:
    try:
        roots = row_store.roots(list(dict.fromkeys(pids)))
    except Busy as busy:
        raise Problem(Code.TRY_AGAIN, retry_after=1) from busy
    return {pid: person_items.to_person(root, with_private=False) for pid, root in roots.items() if root is not None}


def _is_for(actor: Actor, about: _About, people: Mapping[str, Person]) -> bool:
    """Whether the reader may know of it: of another institution or unit nothing, though its user worked there."""
    if actor.role in NATIONAL:
        return True
    if about.pid is None:
        return about.institution in {None, actor.institution}
    person = people.get(about.pid)
    return person is None or (person.institution == actor.institution and in_scope(actor, person.unit_kerja))


def _view(link: Item, about: _About, people: Mapping[str, Person]) -> DeedView:
    person = people.get(about.pid or "")
    return DeedView(
        at=clock.from_millis(link["at"]).astimezone(clock.WIB),
        service=about.service,
        action=link["action"],
        text=tell_deed(link["action"]),
        record=None if person is None else _ref(person),
        institution=about.institution,
        user=name_of_user(link),
    )


def _ref(person: Person) -> RecordRef:
    return RecordRef(
        id=person.pid,
        institution=person.institution,
        nama=person.nama,
        nomor_registrasi=person.registration_number,
    )


def _cursor(last: Item) -> str:
    """Instant and place of the last link; it names a chain, which has a pid and no name in it."""
    return base64.urlsafe_b64encode(json.dumps([last["at"], last["pk"], last["sk"]]).encode()).decode()


def _key(cursor: str, user: str) -> Item:
    try:
        at, pk, sk = json.loads(base64.urlsafe_b64decode(cursor))
    except ValueError as error:
        raise Problem(Code.MALFORMED) from error
    if type(at) is not int or not isinstance(pk, str) or not isinstance(sk, str):
        raise Problem(Code.MALFORMED)
    return {"by": user, "at": at, "pk": pk, "sk": sk}
