"""Reclaims that wait, in the reg table beside their persons; what the claimant brought is encrypted with his key."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.registration.model.person import Person
from services.registration.model.reclaim_claim import Claim, Step, Vote
from services.registration.settings import settings

_SORT: Final = "KLAIM"
_LISTED: Final = "KLAIM#"
"""Leads the index key of an institution's claims."""


def find(pid: str) -> Claim | None:
    """The claim that waits for this person's account."""
    item = dynamodb.get(settings().table, _key(pid))
    return None if item is None else _claim(item)


def waiting(institution: str, most: int, after: str | None = None) -> tuple[list[Claim], str | None]:
    """An institution's claims, the oldest first, and where to go on."""
    when = KeyPart("g1pk").eq(f"{_LISTED}{institution}") & KeyPart("g1sk").gt(after or "0")
    items, last = dynamodb.query(settings().table, when, index="roster", limit=most)
    return list(map(_claim, items)), items[-1]["g1sk"] if last is not None and items else None


def _claim(item: Item) -> Claim:
    return Claim(
        pid=item["pk"].removeprefix("P#"),
        institution=item["institution"],
        v=item["v"],
        step=Step(item["step"]),
        at=clock.from_millis(item["at"]),
        until=clock.from_millis(item["until"]),
        printed_by=item["by"],
        encrypted=item["private"],
        votes=tuple(Vote(vote["by"], vote["agreed"]) for vote in item["votes"]),
    )


def put_new(claim: Claim) -> Operation:
    """The operation that keeps a claim, unless one waits already."""
    return dynamodb.put(settings().table, _item(claim), when=Attr("pk").not_exists())


def change(claim: Claim) -> Operation:
    """The operation that makes the claim what it is now, unless it moved meanwhile."""
    return dynamodb.put(settings().table, _item(replace(claim, v=claim.v + 1)), when=Attr("v").eq(claim.v))


def end(claim: Claim) -> Operation:
    """The operation that takes the claim away, unless it moved meanwhile."""
    return dynamodb.delete(settings().table, _key(claim.pid), when=Attr("v").eq(claim.v))


def none_waits(pid: str) -> Operation:
    """The operation that lets its transaction fail while a claim waits."""
    return dynamodb.check(settings().table, _key(pid), when=Attr("pk").not_exists())


def encrypt(brought: Mapping[str, Any], person: Person) -> bytes:
    """What the claimant brought, JSON-able, under the person's own key."""
    return privacy.encrypt(brought, institution=person.institution, salt=person.salt, place=_place(person.pid))


def decrypt(claim: Claim, person: Person) -> dict[str, Any]:
    """What the claimant brought."""
    return privacy.decrypt(claim.encrypted, institution=person.institution, salt=person.salt, place=_place(person.pid))


def _item(claim: Claim) -> dict[str, Any]:
    return {
        **_key(claim.pid),
        "g1pk": f"{_LISTED}{claim.institution}",
        "g1sk": f"{clock.millis(claim.at):015d}#{claim.pid}",
        "institution": claim.institution,
        "v": claim.v,
        "step": claim.step.value,
        "at": clock.millis(claim.at),
        "until": clock.millis(claim.until),
        "by": claim.printed_by,
        "private": claim.encrypted,
        "votes": [{"by": vote.by, "agreed": vote.agreed} for vote in claim.votes],
    }


def _key(pid: str) -> dict[str, str]:
    return {"pk": f"P#{pid}", "sk": _SORT}


def _place(pid: str) -> Place:
    return Place(settings().table, f"P#{pid}", _SORT)
