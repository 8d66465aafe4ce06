"""Seals (`S#<institution>`/`<edition>`) and the plan by which one is made (`S#<institution>`/`PLAN#<edition>`)."""

from collections.abc import Iterable
from datetime import datetime

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, KeyPart, Operation
from services.kernel.events.facts import LeafChunk
from services.kernel.writes import ungated
from services.registration.model.edition import Edition, Purpose
from services.registration.model.seal import Plan, Seal
from services.registration.settings import settings


def exists(edition: Edition) -> bool:
    """Whether the edition is made."""
    return dynamodb.get(settings().table, _key(edition)) is not None


def made(institution: str) -> dict[Edition, datetime]:
    """Every list of an institution that was made, with the instant: seals of all its epochs and pre-final lists."""
    parts = ("sk", "purpose", "number", "at")
    items = dynamodb.query_all(settings().table, KeyPart("pk").eq(f"S#{institution}"), only=parts)
    return {
        Edition(institution, Purpose(item["purpose"]), item["number"]): clock.from_millis(item["at"])
        for item in items
        if not item["sk"].startswith("PLAN#")
    }


def load(edition: Edition) -> Seal | None:
    """A seal, or None."""
    item = dynamodb.get(settings().table, _key(edition))
    if item is None:
        return None
    return Seal(
        edition=edition,
        list_key=item["list_key"],
        root=item["root"],
        roster_root=item["roster_root"],
        people=item["people"],
        thk2=item["thk2"],
        non_asn=item["non_asn"],
        by_state=item["by_state"],
        list_chunks=[LeafChunk.model_validate(chunk) for chunk in item["list_chunks"]],
        roster_chunks=[LeafChunk.model_validate(chunk) for chunk in item["roster_chunks"]],
    )


def store(seal: Seal) -> bool:
    """Keep a seal; False when the edition was made before."""
    item = {
        **_key(seal.edition),
        "purpose": seal.edition.purpose.value,
        "number": seal.edition.number,
        "list_key": seal.list_key,
        "root": seal.root,
        "roster_root": seal.roster_root,
        "total": seal.total,
        "people": seal.people,
        "thk2": seal.thk2,
        "non_asn": seal.non_asn,
        "by_state": dict(seal.by_state),
        "list_chunks": _plain(seal.list_chunks),
        "roster_chunks": _plain(seal.roster_chunks),
        "at": clock.millis(clock.now()),
    }
    return _commit(dynamodb.put(settings().table, item, when=Attr("pk").not_exists()))


def keep_plan(edition: Edition, attempt: int, parts: int) -> Plan:
    """Start an attempt, unless this one or a later one is under way; returns the plan that stands."""
    left = {"left": {str(part) for part in range(parts)}} if parts else {}
    item = {**_plan_key(edition), "attempt": attempt, "parts": parts, **left}
    older = Attr("pk").not_exists() | Attr("attempt").lt(attempt)
    kept = _commit(dynamodb.put(settings().table, item, when=older))
    standing = None if kept else load_plan(edition)
    return standing or Plan(attempt, parts, frozenset(range(parts)))


def load_plan(edition: Edition) -> Plan | None:
    """The attempt under way, or None."""
    item = dynamodb.get(settings().table, _plan_key(edition))
    if item is None:
        return None
    return Plan(item["attempt"], item["parts"], frozenset(int(part) for part in item.get("left", ())))


def part_done(edition: Edition, attempt: int, part: int) -> Plan | None:
    """Note that a part is read; the plan then, or None when another attempt is under way. Twice is the same."""
    operation = dynamodb.update(
        settings().table, _plan_key(edition), discard={"left": {str(part)}}, when=Attr("attempt").eq(attempt)
    )
    return load_plan(edition) if _commit(operation) else None


def _commit(operation: Operation) -> bool:
    return ungated.commit([operation])


def _plain(chunks: Iterable[LeafChunk]) -> list[dict[str, object]]:
    return [chunk.model_dump() for chunk in chunks]


def _key(edition: Edition) -> dict[str, str]:
    return {"pk": f"S#{edition.institution}", "sk": edition.name}


def _plan_key(edition: Edition) -> dict[str, str]:
    return {"pk": f"S#{edition.institution}", "sk": f"PLAN#{edition.name}"}
