"""Step 2 of making an account, "Lengkapi Data": a password that will do and the contact as he wants it, for the review.

The password is judged and not kept: it comes again with the account (enrolments/create_account.py).
"""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import ENROLMENT_OVER, Actor
from services.kernel.values.identity_fields import MaybeEmail, MaybePhone
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.accounts import passwords
from services.registration.adapters import person_store
from services.registration.enrolments import enrolment as enrolments
from services.registration.enrolments.get_enrolment import ContactView


class CompletedData(BaseModel):
    """The form of step 2, but for the files."""

    hp: MaybePhone = ""
    email: MaybeEmail = ""
    password: Annotated[str, Field(max_length=1000)]


def complete_data(data: CompletedData, *, enrolment: Actor, received: datetime) -> ContactView:
    """Judge the password, keep the contact, and return it as it is kept.

    Raises:
        Problem: `invalid-fields` for a bad password, `unauthenticated` when the enrolment is over or the account made,
            `window-closed`, `window-not-open`.
    """
    person = person_store.load(enrolment.id)
    kept = enrolments.load(person, enrolment)
    gate.read_round(person.institution).require(Window.DOSSIER, received)
    passwords.require_good(data.password, passwords.owner_of(person))
    contact = ContactView(hp=data.hp, email=data.email)
    if kept.contact is None or not enrolments.change_contact(person, enrolment, kept, contact.model_dump()):
        raise Problem(Code.UNAUTHENTICATED, ENROLMENT_OVER)
    return contact
