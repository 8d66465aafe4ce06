"""Cases in the reg table: `CASE#<number>`/`@` is the decision that was carried out, which there can be one of.

It joins the write that carries it out, so a case that is handed over twice moves nobody twice; the fact `case.settled`
is made of it (facts/translate_change.py). `CASE#<number>`/`O#<role>` is what one of the two thinks who decide on a
keberatan.
"""

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.cases import CaseKind
from services.kernel.security.sessions import Role
from services.registration.model.case import Opinion, SettledCase
from services.registration.settings import settings

PREFIX = "CASE#"


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


def _key(number: str, sort: str = "@") -> dict[str, str]:
    return {"pk": f"{PREFIX}{number}", "sk": sort}
