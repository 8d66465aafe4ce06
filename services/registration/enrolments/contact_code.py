"""Whoever makes an account shows that the e-mail address or phone he typed is his (domain.md, section 3)."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.notices.catalogue import NoticeKind, Recipient, RecipientKind
from services.kernel.notices.send import Channels
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.sessions import ENROLMENT_OVER, Actor
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.accounts.contact_codes import (
    CodeSent,
    ContactChannel,
    Slot,
    require_channel,
    require_code,
    send_code,
    spend_code,
)
from services.registration.adapters import person_store
from services.registration.enrolments import enrolment as enrolments
from services.registration.enrolments.backing import BackingView, view_backing
from services.registration.enrolments.enrolment import Enrolment
from services.registration.model.contact import PersonContact
from services.registration.model.person import Person


class WantedCode(BaseModel):
    """Which of the two it is to go to."""

    channel: ContactChannel


class TypedCode(WantedCode):
    """The six digits that came there."""

    code: Annotated[str, Field(max_length=40)]


def send_contact_code(wish: WantedCode, request: Request, channels: Channels | None = None) -> CodeSent:
    """Send a code to what was typed in this enrolment; `channels` None: those of this stage.

    Raises:
        Problem: `invalid-fields` where nothing was typed or SMS is off, `throttled`, `unauthenticated` when the
            enrolment is over, `window-closed`, `window-not-open`.
    """
    person, kept = _load(request)
    require_channel(wish.channel, channels)
    return send_code(_slot(person, request.actor, kept, wish.channel), request)


def confirm_contact_code(typed: TypedCode, request: Request) -> BackingView:
    """The address is his; that it was shown already is fine, so that a retry is.

    Raises:
        Problem: `invalid-fields` for a code that is wrong, over or used, `unauthenticated`, `window-closed`.
    """
    person, kept = _load(request)
    contact = PersonContact.of(kept.contact or {})
    if typed.channel not in contact.verified:
        slot = _slot(person, request.actor, kept, typed.channel)
        require_code(slot, typed.code)
        verified = {"verified": sorted({*contact.verified, typed.channel.value})}
        if not enrolments.change_contact(person, request.actor, kept, verified):
            raise Problem(Code.UNAUTHENTICATED, ENROLMENT_OVER)
        spend_code(slot)
        kept = enrolments.load(person, request.actor)
    return view_backing(person, request.actor.enrolment, kept.contact or {}, request.received)


def _load(request: Request) -> tuple[Person, Enrolment]:
    person = person_store.load(request.actor.id)
    kept = enrolments.load(person, request.actor)
    if kept.contact is None:
        raise Problem(Code.UNAUTHENTICATED, ENROLMENT_OVER)
    gate.read_round(person.institution).require(Window.DOSSIER, request.received)
    return person, kept


def _slot(person: Person, actor: Actor, kept: Enrolment, channel: ContactChannel) -> Slot:
    contact = PersonContact.of(kept.contact or {})
    address = contact.shown()[channel]
    if address is None:
        sentence = "Isi email atau nomor HP dahulu, lalu minta kode."
        raise invalid_problem(channel, "required", sentence)
    recipient = Recipient(RecipientKind.ENROLMENT, str(actor.enrolment))
    return Slot(NoticeKind.CONTACT_CODE, recipient, address, person.pid, person.institution, contact.language)
