"""Give a card its code; a card given out again keeps it, so that what was printed before can still be checked."""

from datetime import datetime

from services.kernel.aws.dynamodb import Operation
from services.registration.adapters import card_store
from services.registration.cards.card_code import new_card_code
from services.registration.model.card import Card, CardKind


def issue_card(pid: str, kind: CardKind, at: datetime) -> list[Operation]:
    """The operations that give the card out; they join the transaction that earns it."""
    known = card_store.load(pid, kind)
    code = known.code if known else new_card_code()
    return card_store.put(Card(pid, kind, code, at))
