"""Who a notice is for: the one place where a contact is decrypted to write to somebody."""

from collections.abc import Callable, Mapping
from typing import Final

from services.kernel.notices.catalogue import Recipient, RecipientKind
from services.kernel.notices.send import Contact
from services.registration.adapters import account_store, application_store, invitation_store, person_store
from services.registration.model.application import read_number
from services.registration.model.contact import EMAIL, PHONE
from services.registration.model.invitation import InvitationState


def _staff(identifier: str) -> Contact | None:
    """A member of staff, also one who was disabled: he is told of it."""
    account = account_store.load(identifier)
    return None if account is None or account.pid else Contact(account_store.staff_private(account).email)


def _invitation(identifier: str) -> Contact | None:
    """Whoever is invited, while the invitation is good: nobody gets the address of one that was withdrawn."""
    invitation = invitation_store.load(identifier)
    is_good = invitation is not None and invitation.state is InvitationState.TERKIRIM
    return Contact(invitation.invited.email) if invitation is not None and is_good else None


def _application(identifier: str) -> Contact | None:
    """Whoever applied, at the address he typed; the number is the one he is told, with its dashes."""
    number = read_number(identifier)
    application = application_store.load(number) if number else None
    return None if application is None else Contact(application.applicant.email)


def _person(identifier: str) -> Contact | None:
    """A listed person, at what a code has shown to be his."""
    account = account_store.load(identifier)
    person = person_store.find(account.pid) if account is not None and account.pid else None
    if account is None or person is None:
        return None
    known = account_store.contact(account, person)
    email = known.email if EMAIL in known.verified else None
    return Contact(email, known.hp if PHONE in known.verified else None, known.language)


FINDERS: Final[Mapping[RecipientKind, Callable[[str], Contact | None]]] = {
    RecipientKind.STAFF: _staff,
    RecipientKind.INVITATION: _invitation,
    RecipientKind.APPLICATION: _application,
    RecipientKind.PERSON: _person,
}
"""By the kind of recipient, whoever has that id; one of no kind here has no address."""


def find_contact(recipient: Recipient) -> Contact | None:
    """How a recipient is reached; None: there is nobody."""
    find = FINDERS.get(recipient.kind)
    return None if find is None else find(recipient.id)
