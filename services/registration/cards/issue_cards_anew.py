"""Give a person's cards new codes: whoever has the ones before him has cards that stand for nothing."""

from datetime import datetime

from services.kernel.aws.dynamodb import Operation
from services.registration.adapters import card_store
from services.registration.cards.card_code import new_card_code
from services.registration.model.card import Card, CardKind


def issue_cards_anew(pid: str, at: datetime) -> list[Operation]:
    """The operations that void the cards he has and give them out again."""
    known = [card for kind in CardKind if (card := card_store.load(pid, kind)) is not None]
    return [
        operation
        for card in known
        for operation in (card_store.void(card), *card_store.put(Card(pid, card.kind, new_card_code(), at)))
    ]
