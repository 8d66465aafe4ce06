"""Printings of activation sheets in the reg table, one item `LB#<id>`/`@` each, and the queue that carries them on."""

from collections.abc import Sequence

from services.kernel import clock
from services.kernel.aws import dynamodb, events
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Role
from services.kernel.writes import ungated
from services.registration.model.printing import PartMade, Printing, PrintMessage
from services.registration.settings import settings


def find(identifier: str) -> Printing | None:
    """A printing by its id, or None."""
    item = dynamodb.get(settings().table, _key(identifier))
    return None if item is None else _to_printing(item)


def load(identifier: str) -> Printing:
    """A printing by its id.

    Raises:
        Problem: `not-found`.
    """
    printing = find(identifier)
    if printing is None:
        raise Problem(Code.NOT_FOUND)
    return printing


def latest(institution: str, by: str, limit: int) -> list[Printing]:
    """What a member of staff had printed, the newest first (eventually consistent)."""
    when = KeyPart("g1pk").eq(_listing(institution, by))
    found, _ = dynamodb.query(settings().table, when, index="roster", limit=limit, forward=False)
    return [_to_printing(item) for item in found]


def put_new(printing: Printing) -> Operation:
    """The operation that stores an order."""
    return dynamodb.put(settings().table, _to_item(printing), when=Attr("pk").not_exists())


def plan(printing: Printing, parts: int) -> bool:
    """Note in how many parts its people are listed; False when that was done before."""
    return ungated.commit(
        [dynamodb.update(settings().table, _key(printing.id), values={"parts": parts}, when=Attr("parts").not_exists())]
    )


def part_made(printing: Printing, part: PartMade) -> Operation:
    """The operation that notes that a PDF is there."""
    noted = f"{part.number}:{part.sheets}"
    return dynamodb.update(
        settings().table, _key(printing.id), add={"made": {noted}}, when=~Attr("made").contains(noted)
    )


def part_handed(printing: Printing, part: int) -> Operation:
    """The operation that notes that somebody fetched a PDF."""
    return dynamodb.update(settings().table, _key(printing.id), add={"handed": {str(part)}}, when=Attr("pk").exists())


def send(messages: Sequence[PrintMessage]) -> None:
    """Ask for these steps; whoever is asked twice for one does it once."""
    events.send(settings().sheet_prints_queue, [message.model_dump_json() for message in messages])


def _key(identifier: str) -> dict[str, str]:
    return {"pk": f"LB#{identifier}", "sk": "@"}


def _listing(institution: str, by: str) -> str:
    return f"LB#{institution}#{by}"


def _to_item(printing: Printing) -> Item:
    return {
        **_key(printing.id),
        "institution": printing.institution,
        "by": printing.by,
        "role": printing.role.value,
        "at": clock.millis(printing.at),
        "unit": printing.unit,
        "names": list(printing.names),
        "pid": printing.pid,
        "units": list(printing.units),
        "own": printing.own,
        "agreed": printing.agreed_by,
        "login_only": printing.login_only,
        "g1pk": _listing(printing.institution, printing.by),
        "g1sk": f"{clock.millis(printing.at):015d}#{printing.id}",
    }


def _to_printing(item: Item) -> Printing:
    made = (noted.split(":") for noted in item.get("made", ()))
    return Printing(
        id=item["pk"].removeprefix("LB#"),
        institution=item["institution"],
        by=item["by"],
        role=Role(item["role"]),
        at=clock.from_millis(item["at"]),
        unit=item["unit"],
        names=tuple(item["names"]),
        pid=item["pid"],
        units=tuple(item["units"]),
        own=item["own"],
        agreed_by=item.get("agreed"),
        login_only=item.get("login_only", False),
        parts=item.get("parts"),
        made=frozenset(PartMade(int(number), int(sheets)) for number, sheets in made),
        handed=frozenset(map(int, item.get("handed", ()))),
    )
