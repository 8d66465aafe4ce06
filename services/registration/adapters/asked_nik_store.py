"""Corrections of a NIK that were asked for, beside their persons: `P#<pid>`/`NIK`, moved only together with the root.

So the version of the root is the version of what was asked, too: whoever decides on a version decides on what he saw.
"""

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import KeyPart, Operation
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.registration.model.asked_nik import AskedNik
from services.registration.model.person import Person
from services.registration.settings import settings


def load(person: Person) -> AskedNik | None:
    """What was asked for this person and is not decided, if anything."""
    item = dynamodb.get(settings().table, _key(person))
    if item is None:
        return None
    private = privacy.decrypt(item["private"], institution=person.institution, salt=person.salt, place=_place(person))
    return AskedNik(nik=private["nik"], reason=private["reason"], by=item["by"], at=item["at"])


def put(person: Person, asked: AskedNik) -> Operation:
    """The operation that keeps what is asked; it takes the place of what was asked before."""
    secret = {"nik": asked.nik, "reason": asked.reason}
    private = privacy.encrypt(secret, institution=person.institution, salt=person.salt, place=_place(person))
    place = {"g1pk": _waiting_key(person.institution), "g1sk": f"{asked.at:013d}#{person.pid}"}
    item = {**_key(person), **place, "by": asked.by, "at": asked.at, "private": private}
    return dynamodb.put(settings().table, item)


def waiting(institution: str, limit: int) -> list[tuple[str, str, int]]:
    """For whom something is asked, as far as the index shows it, the oldest first: pid, who asked, when (ms)."""
    when = KeyPart("g1pk").eq(_waiting_key(institution))
    found, _ = dynamodb.query(settings().table, when, index="roster", limit=limit)
    return [(item["pk"].removeprefix("P#"), item["by"], item["at"]) for item in found]


def drop(person: Person) -> Operation:
    """The operation that ends what was asked: decided, or taken back."""
    return dynamodb.delete(settings().table, _key(person))


def _waiting_key(institution: str) -> str:
    return f"NIK#{institution}"


def _key(person: Person) -> dict[str, str]:
    return {"pk": f"P#{person.pid}", "sk": "NIK"}


def _place(person: Person) -> Place:
    key = _key(person)
    return Place(settings().table, key["pk"], key["sk"])
