"""Cases in the reg table: what was decided here, and what announcements' facts say of them.

`CASE#<number>`/`@` is the decision that was carried out, which there can be one of.

It joins the write that carries it out, so a case that is handed over twice moves nobody twice; the fact `case.settled`
is made of it (facts/translate_change.py). `CASE#<number>`/`O#<role>` is what one of the two thinks who decide on a
keberatan, `DIVIDED` that they differ (`case.divided`), `HEARD` that the listed person was told (`case.heard`). `MOVED`
is how the case stands, listed by institution and due date while it is open, and beside the person it is about,
`P#<pid>`/`L#<number>`.
"""

from collections.abc import Iterable, Mapping

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.cases import CaseKind, CaseLevel, CaseState, UsulanOutcome
from services.kernel.security.sessions import Role
from services.registration.model.case import Divided, Heard, KnownCase, Opinion, SettledCase
from services.registration.settings import settings

PREFIX = "CASE#"
HEARD = "HEARD"
"""The sort key of what notes that the listed person was told."""
DIVIDED = "DIVIDED"
"""The sort key of what notes that the two who decide on a keberatan differ."""
OF_PERSON = "L#"
"""Leads the sort key of a case beside the person it is about."""


def find_settled(number: str) -> SettledCase | None:
    """The decision on a case that was carried out, if one was."""
    item = dynamodb.get(settings().table, _key(number))
    return None if item is None else to_settled(item)


def to_settled(item: Item) -> SettledCase:
    """The decision in an item."""
    return SettledCase(
        number=item["pk"].removeprefix(PREFIX),
        kind=CaseKind(item["kind"]),
        institution=item["institution"],
        decision=item["decision"],
        accepted=item["accepted"],
        pid=item["pid"],
        by=item["by"],
        at=item["at"],
        became=UsulanOutcome(item["became"]) if item.get("became") else None,
        beside=item.get("beside", False),
    )


def settle(case: SettledCase) -> Operation:
    """The operation that notes that a decision is carried out; refused where one was."""
    item = {
        **_key(case.number),
        "kind": case.kind.value,
        "institution": case.institution,
        "decision": case.decision,
        "accepted": case.accepted,
        "pid": case.pid,
        "by": case.by,
        "at": case.at,
        **({"became": case.became.value} if case.became else {}),
        **({"beside": True} if case.beside else {}),
    }
    return dynamodb.put(settings().table, item, when=Attr("pk").not_exists(), label=f"case {case.number}")


def find_opinion(number: str, role: Role) -> Opinion | None:
    """What somebody of this role thinks of a keberatan, if he said so."""
    item = dynamodb.get(settings().table, _key(number, f"O#{role.value}"))
    return None if item is None else Opinion(number, role, item["by"], item["accepted"])


def note_opinion(opinion: Opinion) -> Operation:
    """The operation that notes it, also in the place of what he thought before; refused where it was another's."""
    item = {
        **_key(opinion.number, f"O#{opinion.role.value}"),
        "by": opinion.by,
        "accepted": opinion.accepted,
    }
    when = Attr("pk").not_exists() | Attr("by").eq(opinion.by)
    return dynamodb.put(settings().table, item, when=when)


def note_divided(divided: Divided) -> Operation:
    """The operation that notes that they differ; done again it says the same, and nobody is told once more."""
    item = {**_key(divided.number, DIVIDED), "institution": divided.institution, "at": divided.at}
    return dynamodb.put(settings().table, item)


def to_divided(item: Item) -> Divided:
    """What an item says of it."""
    return Divided(item["pk"].removeprefix(PREFIX), item["institution"], item["at"])


def find_known(number: str) -> KnownCase | None:
    """How a case stands, as far as it was told."""
    item = dynamodb.get(settings().table, _key(number, "MOVED"))
    return None if item is None else _known(number, item)


def keep_known(case: KnownCase) -> list[Operation]:
    """The operations that keep how a case stands, also beside its person; refused where a later state is known."""
    open_at = {} if not case.is_open else {"g1pk": _open_key(case.institution), "g1sk": _order(case)}
    told = [{**_key(case.number, "MOVED"), **_attributes(case), **open_at}]
    if case.pid is not None:
        told.append({"pk": f"P#{case.pid}", "sk": f"{OF_PERSON}{case.number}", **_attributes(case)})
    news = Attr("pk").not_exists() | Attr("v").lt(case.v)
    return [dynamodb.put(settings().table, item, when=news) for item in told]


def cases_of(items: Mapping[str, Item]) -> tuple[KnownCase, ...]:
    """The cases among the items of a person, by sort key."""
    return tuple(_known(sk.removeprefix(OF_PERSON), item) for sk, item in items.items() if sk.startswith(OF_PERSON))


def find_of_person(pid: str) -> tuple[KnownCase, ...]:
    """The cases about a person."""
    when = KeyPart("pk").eq(f"P#{pid}") & KeyPart("sk").begins_with(OF_PERSON)
    return cases_of({item["sk"]: item for item in dynamodb.query_all(settings().table, when)})


def list_open(institution: str, before: int, most: int) -> list[KnownCase]:
    """An institution's open cases that are due before an instant (ms), the oldest first, as the index has them."""
    when = KeyPart("g1pk").eq(_open_key(institution)) & KeyPart("g1sk").lt(f"{before:015d}")
    found, _ = dynamodb.query(settings().table, when, index="roster", limit=most)
    return [_known(item["pk"].removeprefix(PREFIX), item) for item in found]


def first_seen(pid: str, decided: int) -> int | None:
    """When a person first saw his verdict of that instant on his own page; both in milliseconds."""
    item = dynamodb.get(settings().table, _seen_key(pid, decided))
    return None if item is None else int(item["at"])


def note_seen(pid: str, decided: int, at: int) -> Operation:
    """The operation that notes that he sees it; refused where he did before."""
    return dynamodb.put(settings().table, {**_seen_key(pid, decided), "at": at}, when=Attr("pk").not_exists())


def _seen_key(pid: str, decided: int) -> dict[str, str]:
    return {"pk": f"P#{pid}", "sk": f"SEEN#{decided:015d}"}


def find_heard(number: str) -> Heard | None:
    """When the listed person was told of a tanggapan, if he was."""
    item = dynamodb.get(settings().table, _key(number, HEARD))
    return None if item is None else to_heard(item)


def untold_of(cases: Iterable[KnownCase]) -> frozenset[str]:
    """The numbers of the open tanggapan among these cases that nobody has told their person."""
    asked = [case.number for case in cases if case.is_open and case.kind is CaseKind.TANGGAPAN]
    return frozenset(number for number in asked if find_heard(number) is None)


def to_heard(item: Item) -> Heard:
    """What an item says of it."""
    return Heard(item["pk"].removeprefix(PREFIX), item["institution"], item["pid"], item["at"])


def hear(heard: Heard) -> Operation:
    """The operation that notes that he was told; refused where he was before."""
    said = {"institution": heard.institution, "pid": heard.pid, "at": heard.at}
    item = {**_key(heard.number, HEARD), **said}
    return dynamodb.put(settings().table, item, when=Attr("pk").not_exists())


def _known(number: str, item: Item) -> KnownCase:
    return KnownCase(
        number=number,
        kind=CaseKind(item["kind"]),
        institution=item["institution"],
        state=CaseState(item["state"]),
        level=CaseLevel(item["level"]),
        due_at=item["due"],
        pid=item["pid"],
        v=item["v"],
        of_office=item["office"],
        since=item["since"],
    )


def _attributes(case: KnownCase) -> Item:
    return {
        "kind": case.kind.value,
        "institution": case.institution,
        "state": case.state.value,
        "level": case.level.value,
        "due": case.due_at,
        "pid": case.pid,
        "v": case.v,
        "office": case.of_office,
        "since": case.since,
    }


def _open_key(institution: str) -> str:
    return f"CASES#{institution}"


def _order(case: KnownCase) -> str:
    return f"{case.due_at or 0:015d}#{case.number}"


def _key(number: str, sort: str = "@") -> dict[str, str]:
    return {"pk": f"{PREFIX}{number}", "sk": sort}
