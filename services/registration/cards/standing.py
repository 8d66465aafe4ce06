"""Whether a card given out still stands. Never tells a verdict: verdicts are not public (domain.md, section 8)."""

from services.kernel.states import GONE, PersonState
from services.registration.model.card import Card, CardKind
from services.registration.model.person import Person

_CARDLESS = frozenset({PersonState.DRAF, *GONE})
_NOT_SUBMITTED = frozenset({PersonState.TERDAFTAR, PersonState.AKUN_DIBUAT})


def stands(card: Card, person: Person) -> bool:
    """An account card while the person is listed here; a census card while his submission is not withdrawn."""
    state = person.before if person.state is PersonState.KONFLIK else person.state
    if card.void or state in _CARDLESS or not person.has_account:
        return False
    return card.kind is CardKind.AKUN or state not in _NOT_SUBMITTED
