"""Storing imported people, many in one transaction of at most 100 items.

The gate's check, the lane's counters and audit head, one audit link, and for each person his claim and his root: 48
people at a time. The link belongs to the lane's chain and commits to every person's first hash, so a person's own chain
begins like this:

- his root's `head` at version 1 is `first_hash`: a digest of his registered row and a secret nonce
- `private.origin` says which link of which lane holds it, and keeps the nonce
- that link's delta, under the lane's key, is `{import, heads: {pid: hash}}`

To verify a person's first link: read `origin`, open the lane's link of that number, find his hash there, and compare
it with the `previous` of his own second link (or with the root's head while it is at version 1); the digest itself can
be computed again from the row as it was registered. When his salt is destroyed the nonce is gone and the hash says
nothing.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from services.kernel.audit import chain as audit
from services.kernel.audit.chain import Event
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost, GatedWrite, MovedPerson, OwnLane
from services.registration.adapters import lane_store, person_items
from services.registration.model.entry import Entry, Origin
from services.registration.model.lane import LaneHead
from services.registration.model.person import Person
from services.registration.model.private import ImportedFrom
from services.registration.settings import settings

BATCH_SIZE: Final = 48
_MAX_TRIES: Final = 3


def commit(entries: Sequence[Entry], origin: Origin) -> Mapping[str, Item | None]:
    """Store all people (48 at most) or none; returns whose claim or root was refused, nothing when all are stored.

    By pid: the root that was there, or None for whose NIK alone is claimed.

    Raises:
        Problem: `window-closed`, `window-not-open` or `try-again`; nothing was written.
    """
    for _ in range(_MAX_TRIES):
        head = lane_store.load(origin.round.institution, origin.lane)
        try:
            gate.commit(_write([_first_version(entry, origin, head) for entry in entries], origin, head))
        except ConditionLost as lost:
            return _refused(entries, lost)
        except Problem as problem:
            if problem.code is not Code.VERSION_MOVED:
                raise
        else:
            return {}
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def first_hash(pid: str, row: Mapping[str, Any], nonce: str) -> str:
    """What the head of an imported person's chain is at version 1: SHA-256, hex; `nonce` is 32 hex digits."""
    return privacy.digest({"pid": pid, "row": dict(row), "nonce": nonce})


def _first_version(entry: Entry, origin: Origin, head: LaneHead) -> Entry:
    nonce, person = secrets.token_hex(16), entry.person
    noted = ImportedFrom(origin.import_id, entry.row, person.state, head.lane, head.number + 1, nonce)
    first = first_hash(person.pid, person.row, nonce)
    return replace(entry, person=replace(person, v=1, head=first, private=replace(person.private, origin=noted)))


def _write(entries: Sequence[Entry], origin: Origin, head: LaneHead) -> GatedWrite:
    institution = origin.round.institution
    heads = {entry.person.pid: entry.person.head for entry in entries}
    link = audit.link(
        audit.lane_chain(institution, origin.lane),
        head.number + 1,
        head.hash,
        Event(origin.by, "import-rows", origin.received, {"import": origin.import_id, "heads": heads}),
        institution=institution,
        salt=head.salt,
    )
    return GatedWrite(
        round=origin.round,
        window=Window.ENTRY,
        received=origin.received,
        people=[_joining(entry) for entry in entries],
        lane=OwnLane(origin.lane, link, lambda counters: lane_store.advance(head, link.hash, counters)),
    )


def _joining(entry: Entry) -> MovedPerson:
    counters = {"n": 1, f"st_{entry.person.state.value}": 1}
    return MovedPerson([entry.claim, _put(entry.person)], counters, link=None)


def _put(person: Person) -> Operation:
    label = person_items.root_label(person.pid)
    return dynamodb.put(settings().table, person_items.to_item(person), when=Attr("pk").not_exists(), label=label)


def _refused(entries: Sequence[Entry], lost: ConditionLost) -> dict[str, Item | None]:
    """Whose claim or root was refused; a root that was there is told by DynamoDB or read now."""
    root_of = {entry.person.pid: person_items.root_label(entry.person.pid) for entry in entries}
    refused = [e.person.pid for e in entries if {e.claim.label, root_of[e.person.pid]} & lost.failed.keys()]
    told = {pid: old for pid in refused if (old := lost.failed.get(root_of[pid]))}
    return {**roots([pid for pid in refused if pid not in told]), **told}


def roots(pids: Sequence[str]) -> dict[str, Item | None]:
    """The root items of these people, None for whoever is not there."""
    read = dynamodb.get_many(settings().table, [person_items.person_key(pid) for pid in pids])
    return dict(zip(pids, read, strict=True))
