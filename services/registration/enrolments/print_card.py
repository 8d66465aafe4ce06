"""Print the card of the account that an enrolment made, until its hour is over: "Cetak Informasi Pendaftaran"."""

from datetime import datetime

from services.kernel.security.sessions import Actor
from services.registration.adapters import person_store
from services.registration.cards.hand_out_card import hand_out_card
from services.registration.enrolments import enrolment as enrolments
from services.registration.model.card import CardKind


def print_card(enrolment: Actor, received: datetime) -> str:
    """The link to the card, for the enrolment that made the account and no other: the card shows the photo.

    Raises:
        Problem: `unauthenticated` when the enrolment is over, `not-found` before the account is made.
    """
    enrolments.load(person_store.load(enrolment.id), enrolment)
    return hand_out_card(enrolment.id, CardKind.AKUN, received=received)
