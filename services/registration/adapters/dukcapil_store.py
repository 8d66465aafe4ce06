"""The register's answer beside a person's root, `P#<pid>`/`DUKCAPIL`: own version, neither gated nor sealed.

It goes with his salt, as everything private of him. Whoever waits for an answer stands in the index until there is one.
"""

from typing import Any, Final

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, KeyPart, Operation
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.registration.model.dukcapil import DukcapilAnswer, DukcapilCheck
from services.registration.model.person import Person
from services.registration.settings import settings

_WAITING: Final = "DUKCAPIL"


def put(person: Person, check: DukcapilCheck) -> Operation:
    """The operation that keeps an answer, unless another one was kept meanwhile."""
    key = _key(person.pid)
    private = {"answer": check.answer.value}
    place = Place(settings().table, key["pk"], key["sk"])
    item: dict[str, Any] = {
        **key,
        "v": check.v,
        "at": check.at,
        "private": privacy.encrypt(private, institution=person.institution, salt=person.salt, place=place),
    }
    if check.answer is DukcapilAnswer.LAYANAN_TERGANGGU:
        item |= {"g1pk": _WAITING, "g1sk": f"{check.at:015d}#{person.pid}"}
    unmoved = Attr("pk").not_exists() if check.v == 1 else Attr("v").eq(check.v - 1)
    return dynamodb.put(settings().table, item, when=unmoved, label="dukcapil")


def find(person: Person) -> DukcapilCheck | None:
    """The latest answer; None: the register was not asked."""
    key = _key(person.pid)
    item = dynamodb.get(settings().table, key)
    if item is None:
        return None
    place = Place(settings().table, key["pk"], key["sk"])
    opened = privacy.decrypt(item["private"], institution=person.institution, salt=person.salt, place=place)
    return DukcapilCheck(person.pid, DukcapilAnswer(opened["answer"]), item["at"], item["v"])


def waiting(most: int) -> list[str]:
    """The ids of the first `most` people whom the register has not answered, the longest waiting first."""
    found, _ = dynamodb.query(settings().table, KeyPart("g1pk").eq(_WAITING), index="roster", limit=most)
    return [item["pk"].removeprefix("P#") for item in found]


def _key(pid: str) -> dict[str, str]:
    return {"pk": f"P#{pid}", "sk": "DUKCAPIL"}
