"""What waits for an institution's answer, listed by when it is due: requests, and statements of working there no more.

The things themselves stand in their person's record (model/correction_request.py); these items hold no more than whose
they are, and go when they are answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Item, KeyPart, Operation
from services.registration.model.correction_request import CorrectionRequest
from services.registration.model.person import Person
from services.registration.settings import settings

REQUESTS: Final = "R#"
"""Leads the index key of an institution's open requests; of all of them, by when bkn decides too: `R#nasional`."""
STATEMENTS: Final = "T#"
"""Leads the index key of an institution's unanswered statements."""
_ALL: Final = "nasional"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: whose, where, since or until when (ms); `request` is None of a statement."""

    pid: str
    institution: str
    at: int
    request: str | None


def list_open(person: Person, request: CorrectionRequest) -> Sequence[Operation]:
    """The operations that list an open request, or list it anew."""
    return [
        _put(person, f"R#{request.id}", f"{REQUESTS}{person.institution}", request.due_at, request.id),
        _put(person, f"RB#{request.id}", f"{REQUESTS}{_ALL}", request.bkn_at, request.id),
    ]


def unlist(person: Person, request: CorrectionRequest) -> Sequence[Operation]:
    """The operations that take a request off the lists."""
    return [_delete(person, f"R#{request.id}"), _delete(person, f"RB#{request.id}")]


def list_statement(person: Person) -> Sequence[Operation]:
    """The operation that lists or unlists a person by whether he states that he works there no more, unanswered."""
    if not person.states_inactive:
        return [_delete(person, "T")]
    return [_put(person, "T", f"{STATEMENTS}{person.institution}", person.private.active_at or 0, None)]


def unlist_all(person: Person) -> Sequence[Operation]:
    """The operations that take everything of a person off the lists: he is off the roster."""
    stated = [_delete(person, "T")] if person.states_inactive else []
    return [*stated, *(operation for each in person.open_requests for operation in unlist(person, each))]


def list_all(person: Person) -> Sequence[Operation]:
    """The operations that list what of a person waits, who is on the roster again."""
    stated = list_statement(person) if person.states_inactive else []
    return [*stated, *(operation for each in person.open_requests for operation in list_open(person, each))]


def open_requests(institution: str, most: int, after: str | None = None) -> tuple[list[Waiting], str | None]:
    """An institution's open requests, the soonest due first, and where to go on."""
    return _page(f"{REQUESTS}{institution}", most, after)


def open_anywhere(until: int, most: int) -> list[Waiting]:
    """The first `most` open requests of all institutions that bkn decides as well at `until`."""
    when = KeyPart("g1pk").eq(f"{REQUESTS}{_ALL}") & KeyPart("g1sk").lt(_place(until + 1))
    items, _ = dynamodb.query(settings().table, when, index="roster", limit=most)
    return list(_waiting(items))


def statements(institution: str, most: int, after: str | None = None) -> tuple[list[Waiting], str | None]:
    """An institution's unanswered statements, the oldest first, and where to go on."""
    return _page(f"{STATEMENTS}{institution}", most, after)


def overdue(institution: str, until: int, most: int) -> list[Waiting]:
    """The first `most` of an institution's open requests that are overdue at `until`."""
    when = KeyPart("g1pk").eq(f"{REQUESTS}{institution}") & KeyPart("g1sk").lt(_place(until + 1))
    items, _ = dynamodb.query(settings().table, when, index="roster", limit=most)
    return list(_waiting(items))


def _page(key: str, most: int, after: str | None) -> tuple[list[Waiting], str | None]:
    when = KeyPart("g1pk").eq(key) & KeyPart("g1sk").gt(after or _place(0))
    items, last = dynamodb.query(settings().table, when, index="roster", limit=most)
    return list(_waiting(items)), items[-1]["g1sk"] if last is not None and items else None


def _waiting(items: Iterable[Item]) -> Iterable[Waiting]:
    for item in items:
        yield Waiting(item["pk"].removeprefix("P#"), item["institution"], item["at"], item.get("request"))


def _place(at: int) -> str:
    return f"{at:015d}"


def _put(person: Person, sk: str, index: str, at: int, request: str | None) -> Operation:
    item: Item = {
        "pk": f"P#{person.pid}",
        "sk": sk,
        "institution": person.institution,
        "at": at,
        "g1pk": index,
        "g1sk": f"{_place(at)}#{person.pid}#{request or ''}",
    }
    if request is not None:
        item["request"] = request
    return dynamodb.put(settings().table, item)


def _delete(person: Person, sk: str) -> Operation:
    return dynamodb.delete(settings().table, {"pk": f"P#{person.pid}", "sk": sk})
