"""National claims on a NIK: which institution registered it first, and who else says the person is theirs.

A NIK claimed twice is detected, not rejected: `take` fails with the claim that is there, `join` adds to it.
"""

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.security import privacy
from services.registration.model.claim import Claim, Claimant
from services.registration.settings import lookup_key, settings


def claim_key(nik: str) -> dict[str, str]:
    """The key of the claim on a NIK; the NIK itself is nowhere in it."""
    return {"pk": f"N#{privacy.blind(lookup_key(), 'nik', nik)}", "sk": "@"}


def load(nik: str) -> Claim | None:
    """Who claims a NIK, if anybody does."""
    item = dynamodb.get(settings().table, claim_key(nik))
    return None if item is None else to_claim(item)


def to_claim(item: Item) -> Claim:
    """The claim in an item."""
    members = (text.partition("#") for text in item["claimants"])
    return Claim(Claimant(item["institution"], item["pid"]), frozenset(Claimant(inst, pid) for inst, _, pid in members))


def _label(claimant: Claimant) -> str:
    return f"claim {claimant}"


def take(nik: str, claimant: Claimant) -> Operation:
    """Claim a NIK first; when somebody did before, the refusal holds his claim."""
    item = {
        **claim_key(nik),
        "institution": claimant.institution,
        "pid": claimant.pid,
        "claimants": {str(claimant)},
    }
    return dynamodb.put(settings().table, item, when=Attr("pk").not_exists(), label=_label(claimant))


def join(nik: str, claimant: Claimant) -> Operation:
    """Claim a NIK that another institution has claimed; refused when it no longer does."""
    when = Attr("institution").exists() & Attr("institution").ne(claimant.institution)
    add: dict[str, int | set[str]] = {"claimants": {str(claimant)}}
    return dynamodb.update(settings().table, claim_key(nik), add=add, when=when, label=_label(claimant))


def hand_over(nik: str, claim: Claim, before: Claimant, after: Claimant) -> Operation:
    """Put another person of the same institution in the place of one who claims the NIK. Refused when it has moved."""
    owner = after if claim.owner == before else claim.owner
    claimants = {str(one) for one in (claim.claimants - {before}) | {after}}
    item = {**claim_key(nik), "institution": owner.institution, "pid": owner.pid, "claimants": claimants}
    same = Attr("pid").eq(claim.owner.pid) & Attr("claimants").eq({str(one) for one in claim.claimants})
    return dynamodb.put(settings().table, item, when=same, label=_label(after))


def leave(nik: str, claimant: Claimant, claim: Claim) -> Operation:
    """Give a claim up, to whoever is left of it. Refused when the claim has moved."""
    key, left = claim_key(nik), claim.without(claimant)
    same = Attr("pid").eq(claim.owner.pid) & Attr("claimants").size().eq(len(claim.claimants))
    if left is None:
        return dynamodb.delete(settings().table, key, when=same, label=_label(claimant))
    return dynamodb.update(
        settings().table,
        key,
        values={"institution": left.owner.institution, "pid": left.owner.pid},
        discard={"claimants": {str(claimant)}},
        when=same & Attr("claimants").contains(str(left.owner)),
        label=_label(claimant),
    )
