"""Audit chains read back for people: newest links first, each opened and held against its neighbours.

A link that is missing, changed or cannot be opened is told as such: an entry that is left out would hide exactly what
somebody wanted hidden. What checks whole chains is kernel/audit/run.py; here it is a page of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from cryptography.exceptions import InvalidTag

from services.kernel.audit import chain as audit
from services.kernel.audit.check import START, Head, look
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Item, KeyPart
from services.registration.adapters import access_log, lane_store
from services.registration.model.person import Person
from services.registration.model.private import ImportedFrom
from services.registration.settings import settings

_DOCUMENTS: Final = "documents#P#"
"""Documents' chain of a person (documents/adapters/store.py); it is sealed with keys registration does not have."""


class Fault(StrEnum):
    """Why a link is not believed."""

    MISSING = "missing"
    CHANGED = "changed"
    SEALED = "sealed"
    """Whole, but what was changed cannot be opened: the person's key was destroyed."""


@dataclass(frozen=True)
class Told:
    """One link: `delta` is what was changed, empty where this service may not open it; `at` in milliseconds.

    Of a missing one only the number is known.
    """

    number: int
    actor: str = ""
    action: str = ""
    at: int = 0
    delta: Mapping[str, Any] | None = None
    fault: Fault | None = None


@dataclass(frozen=True)
class Chain:
    """A chain, its head (None where that is not ours), what its first link follows, and what opens its deltas."""

    name: str
    head: Head | None
    start: Head = START
    institution: str = ""
    salt: bytes | None = None


def own(person: Person) -> Chain:
    """The person's own chain; that of an imported one follows his import, which is link 1."""
    origin = person.private.origin
    start = START if origin is None else Head(1, _first_hash(person, origin) or "")
    return Chain(audit.person_chain(person.pid), Head(person.v, person.head), start, person.institution, person.salt)


def readings(person: Person) -> Chain:
    """The chain of who looked at him."""
    head = dynamodb.get(settings().table, access_log.head_key(person.pid)) or {}
    at = Head(head["v"], head["head"]) if head else START
    return Chain(audit.access_chain(person.pid), at, institution=person.institution, salt=person.salt)


def files(person: Person) -> Chain:
    """Documents' chain of his files."""
    return Chain(f"{_DOCUMENTS}{person.pid}", None)


def last_number(chain: Chain) -> int:
    """The number of a chain's last link; 0 where it has none."""
    if chain.head is not None:
        return chain.head.version
    found, _ = dynamodb.query(settings().audit_table, KeyPart("pk").eq(chain.name), limit=1, forward=False)
    return int(found[0]["sk"]) if found else 0


def newest(chain: Chain, upto: int, count: int) -> list[Told]:
    """At most `count` links from number `upto` down, the newest first; one that is not there is told as missing."""
    first = max(chain.start.version + 1, upto - count + 1)
    known = {str(link["sk"]): link for link in audit.read_between(chain.name, max(1, first - 1), upto + 1)}
    return [_told(chain, number, known) for number in range(upto, first - 1, -1)]


def imported(person: Person) -> Told | None:
    """His registration, if it came with an import: the link of the lane that holds his first hash, as his link 1."""
    origin = person.private.origin
    if origin is None:
        return None
    link = _lane_link(person, origin)
    if link is None:
        return Told(1, fault=Fault.MISSING)
    held = look(link["pk"], link).whole and _first_hash(person, origin) is not None
    return _of(link, 1, {"import": origin.import_id, "row": origin.row}, None if held else Fault.CHANGED)


def _told(chain: Chain, number: int, known: Mapping[str, Item]) -> Told:
    link = known.get(audit.sort_key(number))
    if link is None:
        return Told(number, fault=Fault.MISSING)
    if not (look(chain.name, link).whole and _follows(chain, number, link, known) and _is_followed(chain, link, known)):
        return _of(link, number, None, Fault.CHANGED)
    if chain.salt is None:
        return _of(link, number, {}, None)
    try:
        delta = audit.open_delta(link, institution=chain.institution, salt=chain.salt)
    except InvalidTag:
        return _of(link, number, None, Fault.SEALED)
    return _of(link, number, delta, None)


def _of(link: Item, number: int, delta: Mapping[str, Any] | None, fault: Fault | None) -> Told:
    at = link.get("at")
    return Told(number, str(link.get("actor")), str(link.get("action")), at if type(at) is int else 0, delta, fault)


def _follows(chain: Chain, number: int, link: Item, known: Mapping[str, Item]) -> bool:
    """Whether it names the link before it; where that one is missing, its own place tells."""
    if number == chain.start.version + 1:
        return bool(link["previous"] == chain.start.hash)
    before = known.get(audit.sort_key(number - 1))
    return before is None or bool(link["previous"] == before.get("hash"))


def _is_followed(chain: Chain, link: Item, known: Mapping[str, Item]) -> bool:
    """Whether the head, or the link after it, names this one."""
    number = int(link["sk"])
    if chain.head is not None and number == chain.head.version:
        return bool(link["hash"] == chain.head.hash)
    after = known.get(audit.sort_key(number + 1))
    return after is None or bool(after.get("previous") == link["hash"])


def _lane_link(person: Person, origin: ImportedFrom) -> Item | None:
    lane = audit.lane_chain(person.institution, origin.lane)
    return next(audit.read_between(lane, origin.link, origin.link), None)


def _first_hash(person: Person, origin: ImportedFrom) -> str | None:
    """What the person's own chain begins with, as the lane's link has it; None where that cannot be read."""
    link = _lane_link(person, origin)
    if link is None:
        return None
    salt = lane_store.load(person.institution, origin.lane).salt
    try:
        heads = audit.open_delta(link, institution=person.institution, salt=salt)["heads"]
    except (InvalidTag, KeyError):
        return None
    found: str | None = heads.get(person.pid)
    return found
