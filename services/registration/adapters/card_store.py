"""Cards in the reg table: one of each kind a person (`P#<pid>`/`K#<kind>`), and the way back from its code."""

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Item, Operation
from services.registration.model.card import Card, CardKind
from services.registration.settings import settings


def load(pid: str, kind: CardKind) -> Card | None:
    """A person's card of a kind."""
    item = dynamodb.get(settings().table, {"pk": f"P#{pid}", "sk": f"K#{kind.value}"})
    return None if item is None else _to_card(item)


def find(code: str) -> Card | None:
    """The card with this code."""
    item = dynamodb.get(settings().table, {"pk": f"CARD#{code}", "sk": "@"}, consistent=False)
    return None if item is None else _to_card(item)


def put(card: Card) -> list[Operation]:
    """The operations that give the card out."""
    content = {
        "pid": card.pid,
        "kind": card.kind.value,
        "code": card.code,
        "issued_at": clock.millis(card.issued_at),
    }
    keys = ({"pk": f"P#{card.pid}", "sk": f"K#{card.kind.value}"}, {"pk": f"CARD#{card.code}", "sk": "@"})
    return [dynamodb.put(settings().table, {**key, **content}) for key in keys]


def void(card: Card) -> Operation:
    """The operation after which the card's code stands for nothing."""
    return dynamodb.update(settings().table, {"pk": f"CARD#{card.code}", "sk": "@"}, values={"void": True})


def _to_card(item: Item) -> Card:
    return Card(
        item["pid"], CardKind(item["kind"]), item["code"], clock.from_millis(item["issued_at"]), item.get("void", False)
    )
