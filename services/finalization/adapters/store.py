"""Loading institutions and saving changes of them. Whatever changes an institution goes through `save`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Self

from boto3.dynamodb.conditions import ConditionBase
from pydantic import BaseModel

from services.finalization.adapters import institution_items as items
from services.finalization.adapters.announcement_store import ANNOUNCED, to_announced
from services.finalization.adapters.letter_items import (
    EXTENSION,
    HASTE,
    REOPENING,
    WAIVER,
    to_extension,
    to_haste,
    to_reopening,
    to_waiver,
)
from services.finalization.adapters.office_store import OFFICE, to_office
from services.finalization.adapters.parts import COUNTERS, SEAL, to_counts, without_key
from services.finalization.adapters.sptjm_uploads import PREFIX, to_upload
from services.finalization.model.counts import Counts
from services.finalization.model.folder import Due, Folder
from services.finalization.model.institution import Institution, require_code
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.audit import chain as audit
from services.kernel.audit.chain import Event
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Cancelled, Item, KeyPart, Operation
from services.kernel.problems import Code, Problem
from services.kernel.writes import ungated
from services.kernel.writes.gate import ConditionLost
from services.kernel.writes.idempotency import Once

DIRECTORY = "DIR"
_RECORD: Final = "institution"
"""The label of the operation on the institution itself."""
MAX_TRIES = 24
"""Moving the gate touches every lane at once, and any writer may hold one of them for some 25 ms."""


class VersionMoved(Problem):
    """Somebody else changed the institution since it was read (`version-moved`)."""

    def __init__(self) -> None:
        super().__init__(Code.VERSION_MOVED)


class Changed(BaseModel):
    """What is remembered of an accepted request: whose record it changed, and which version of it that made."""

    owner: str
    v: int

    @classmethod
    def of(cls, institution: Institution) -> Self:
        """What is remembered of a request that left the institution like this."""
        return cls(owner=institution.code, v=institution.v)


def load(code: str, *, with_private: bool = True) -> Institution:
    """An institution by its code.

    Raises:
        Problem: `not-found` when no round was opened for it.
    """
    found = find(code, with_private=with_private)
    if found is None:
        raise Problem(Code.NOT_FOUND)
    return found


def find(code: str, *, with_private: bool = True) -> Institution | None:
    """An institution by its code, or None."""
    item = dynamodb.get(settings().table, items.key(require_code(code)))
    return None if item is None else items.to_institution(item, with_private=with_private)


def load_folder(code: str, *, with_private: bool = True) -> Folder:
    """An institution with everything that hangs on it; statements, reopenings, waivers and hastes only `with_private`.

    Raises:
        Problem: `not-found` when no round was opened for it.
    """
    when = KeyPart("pk").eq(items.key(require_code(code))["pk"])
    found = {item["sk"]: item for item in dynamodb.query_all(settings().table, when)}
    if items.META not in found:
        raise Problem(Code.NOT_FOUND)
    institution = items.to_institution(found[items.META], with_private=with_private)
    extensions = (to_extension(i, institution, with_private=with_private) for i in _below(found, EXTENSION))
    reopenings = (to_reopening(i, institution) for i in _below(found, REOPENING) if with_private)
    seals = (items.to_seal(without_key(i)) for i in _below(found, SEAL))
    waivers = (to_waiver(i, institution) for i in _below(found, WAIVER) if with_private)
    hastes = (to_haste(i, institution) for i in _below(found, HASTE) if with_private)
    uploads = (to_upload(institution, i) for i in _below(found, PREFIX) if with_private)
    return Folder(
        institution,
        to_counts(_below(found, COUNTERS)),
        tuple(sorted(extensions, key=lambda extension: extension.number)),
        tuple(sorted(reopenings, key=lambda reopening: reopening.number)),
        tuple(sorted(seals, key=lambda seal: seal.epoch)),
        tuple(sorted(uploads, key=lambda upload: upload.number)),
        tuple(sorted(waivers, key=lambda waiver: waiver.number)),
        to_office(_below(found, OFFICE)),
        to_announced(_below(found, ANNOUNCED)),
        tuple(sorted(hastes, key=lambda haste: haste.epoch)),
    )


def save(
    before: Institution | None,
    after: Institution,
    event: Event,
    also: Sequence[Operation] = (),
    once: Once | None = None,
) -> Institution:
    """Store a change with its link of the institution's audit chain, and `also` in the same transaction.

    It also remembers what a retry of the request is answered, `once` (`Changed`). Returns the institution as stored.

    Raises:
        VersionMoved: when somebody was faster.
        Problem: `try-again`.
        ConditionLost: when an operation of `also` was refused.
    """
    version = before.v + 1 if before else 1
    previous = before.head if before else audit.GENESIS
    link = audit.link(chain(after.code), version, previous, event, institution=after.code, salt=after.salt)
    stored = replace(after, v=version, head=link.hash, changed_at=event.at)
    when = Attr("v").eq(before.v) if before else Attr("pk").not_exists()
    meta = dynamodb.put(settings().table, items.to_item(stored), when=when, label=_RECORD)
    answer = once.remember(Changed.of(stored)) if once else []
    try:
        ungated.insist([meta, *also, link.operation, *answer], tries=MAX_TRIES)
    except Cancelled as cancelled:
        raise _lost(cancelled.failed(), also) from cancelled
    return stored


def remember(present: Institution, once: Once) -> Institution:
    """Remember what a retry of a request is answered that wants what stands already; returns what stands.

    Raises:
        Problem: `try-again`.
    """
    if answer := once.remember(Changed.of(present)):
        ungated.commit(answer)
    return present


def directory_entry(institution: Institution) -> Operation:
    """The operation that lists an institution in the directory."""
    return dynamodb.put(settings().table, {"pk": DIRECTORY, "sk": institution.code})


def directory(after: str | None, limit: int) -> list[str]:
    """Codes of the institutions in the round, in order, those behind `after`."""
    when: ConditionBase = KeyPart("pk").eq(DIRECTORY)
    if after is not None:
        when &= KeyPart("sk").gt(after)
    found, _ = dynamodb.query(settings().table, when, limit=limit)
    return [item["sk"] for item in found]


def every_code() -> list[str]:
    """Codes of all institutions in the round, in order."""
    return [item["sk"] for item in dynamodb.query_all(settings().table, KeyPart("pk").eq(DIRECTORY))]


def everybody() -> Iterator[Institution]:
    """All institutions in the round without their private parts, in the order of their codes."""
    yield from records(every_code())


def records(codes: Sequence[str]) -> Iterator[Institution]:
    """Institutions by their codes, in that order, without their private parts."""
    found = dynamodb.get_many(settings().table, [items.key(code) for code in codes])
    yield from (items.to_institution(item, with_private=False) for item in found if item is not None)


def waiting(partition: str) -> list[str]:
    """Codes of institutions that something of waits in this partition of the sparse index, in order; it may lag."""
    return sorted({one.code for one in waits(partition)})


def waits(partition: str) -> list[Due]:
    """What waits in a partition of the sparse index, the longest waiting first, `closed` since when; it may lag."""
    found = dynamodb.query_all(settings().table, KeyPart("g1pk").eq(partition), index="due")
    return [_due(item, "g1sk") for item in found]


def due(until: datetime) -> list[Due]:
    """Institutions not locked whose last window closed at `until` or before, the longest due first.

    Read from the sparse index, which may lag: whoever acts on it reads the institution again.
    """
    when = KeyPart("g1pk").eq(items.DUE) & KeyPart("g1sk").lte(clock.millis(until))
    return [_due(item, "g1sk") for item in dynamodb.query_all(settings().table, when, index="due")]


def unlisted(until: datetime) -> list[Due]:
    """Institutions without a numbered list for their `ENTRY`, which closed at `until` or before; the longest due first.

    Read from the other sparse index, which may lag: whoever acts on it reads the institution again.
    """
    when = KeyPart("g2pk").eq(items.UNLISTED) & KeyPart("g2sk").lte(clock.millis(until))
    return [_due(item, "g2sk") for item in dynamodb.query_all(settings().table, when, index="unlisted")]


def counts(code: str) -> Counts:
    """How many people an institution has, as far as facts have arrived."""
    when = KeyPart("pk").eq(items.key(code)["pk"]) & KeyPart("sk").begins_with(COUNTERS)
    return to_counts(dynamodb.query_all(settings().table, when))


def chain(code: str) -> str:
    """The audit chain of one institution at finalization; its link number is the institution's version."""
    return f"{settings().service}#I#{code}"


def _due(item: Item, order: str) -> Due:
    return Due(item["pk"].removeprefix("F#"), item.get("ep", 0), clock.from_millis(item[order]))


def _below(found: dict[str, Item], prefix: str) -> Iterator[Item]:
    return (item for sort, item in found.items() if sort.startswith(prefix))


def _lost(failed: Mapping[str, Item | None], also: Sequence[Operation]) -> Exception:
    """What a cancelled save means: the caller's own conditions are told only while the version is as it was read."""
    own = {operation.label for operation in also}
    lost = {label: old for label, old in failed.items() if label in own}
    return ConditionLost(lost) if lost and _RECORD not in failed else VersionMoved()
