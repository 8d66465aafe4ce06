"""A listed person is reached elsewhere: the new address is shown to be his first, and the old one is told."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.notices.catalogue import NoticeKind, Recipient, RecipientKind
from services.kernel.notices.send import of_this_stage
from services.kernel.problems import invalid_problem
from services.kernel.security.sessions import Actor
from services.kernel.values.identity_fields import EmailField, PhoneField
from services.kernel.web.request import Request
from services.registration.accounts.contact_codes import (
    CodeSent,
    ContactChannel,
    Slot,
    require_channel,
    require_code,
    send_code,
    spend_code,
)
from services.registration.adapters.contact_counter import count_contacts
from services.registration.model.contact import EMAIL, PersonContact
from services.registration.notices.bounced import is_bounced
from services.registration.own_account.own import OwnPerson
from services.registration.own_account.own_claim import OwnClaim, find_own_claim
from services.registration.sessions.asked_again import device_of, require_password
from services.registration.shared.tell_account import tell_own_contact
from services.registration.shared.views import Versioned


class OwnContact(BaseModel):
    """How he is reached; `verified` names those of the two that a code has shown to be his, which alone are used.

    `email_bounced`: mail does not reach him. `sms`: a phone can be verified. `claim`:
    somebody with a sheet wants the account.
    """

    hp: str | None
    email: str | None
    verified: list[str]
    email_bounced: bool
    sms: bool
    claim: OwnClaim | None


class NewContact(BaseModel):
    """One of the two to be changed: `email` or `hp`, the other stays empty; and the password."""

    email: EmailField | None = None
    hp: PhoneField | None = None
    current: str
    captcha: str = ""


class ConfirmedContact(BaseModel):
    """The same address again, and the six digits that came there."""

    email: EmailField | None = None
    hp: PhoneField | None = None
    code: Annotated[str, Field(max_length=40)]


def get_own_contact(actor: Actor, received: datetime) -> OwnContact:
    """How he is reached.

    Raises:
        Problem: `unauthenticated` where there is no account any more.
    """
    own = OwnPerson.of(actor)
    contact = own.contact
    return OwnContact(
        **contact.shown(),
        verified=sorted(contact.verified),
        email_bounced=bool(contact.email) and is_bounced(contact.email),
        sms=of_this_stage().sms is not None,
        claim=find_own_claim(own.person.pid, received),
    )


def begin_contact(wish: NewContact, request: Request) -> CodeSent:
    """Send a code to the new address.

    Raises:
        Problem: `invalid-fields` for a wrong password, for none or both of the two or where SMS is off,
            `captcha-required`, `throttled`.
    """
    own = OwnPerson.of(request.actor)
    channel, address = _one_of(wish.email, wish.hp)
    require_channel(channel)
    require_password(own.account, wish.current, wish.captcha, request, device_of(request))
    return send_code(_slot(own, address, request), request)


def confirm_contact(shown: ConfirmedContact, request: Request) -> Versioned:
    """He is reached there from now on; that he is already is fine, so that a retry is.

    Raises:
        Problem: `invalid-fields` for a code that is wrong, over or used, `version-moved`.
    """
    own = OwnPerson.of(request.actor)
    channel, address = _one_of(shown.email, shown.hp)
    return request.once.answer(Versioned, lambda: _confirm(own, channel, address, shown.code, request))


def _confirm(own: OwnPerson, channel: ContactChannel, address: str, code: str, request: Request) -> Versioned:
    before, slot = own.contact, _slot(own, address, request)
    require_code(slot, code)
    contact = before.verified_at(channel.value, address, request.caller.language)
    after = own.with_contact(contact)
    made = Versioned(v=after.v)
    own.commit(
        after,
        *tell_own_contact(after, own.person, _former(before, channel), before.language),
        *count_contacts(before, contact),
        *request.once.remember(made),
    )
    spend_code(slot)
    return made


def _former(before: PersonContact, channel: ContactChannel) -> list[str]:
    """What was his and is not any more: only a verified address is written to."""
    address = before.shown()[channel]
    return [address] if address is not None and channel in before.verified else []


def _slot(own: OwnPerson, address: str, request: Request) -> Slot:
    recipient = Recipient(RecipientKind.PERSON, own.account.id)
    institution, language = own.person.institution, request.caller.language
    return Slot(NoticeKind.CONTACT_CODE, recipient, address, own.person.pid, institution, language)


def _one_of(email: str | None, hp: str | None) -> tuple[ContactChannel, str]:
    if email and not hp:
        return ContactChannel.EMAIL, email
    if hp and not email:
        return ContactChannel.PHONE, hp
    raise invalid_problem(EMAIL, "one-contact", "Isi email baru atau nomor HP baru, satu setiap kali.")
