"""Send one notice that waits: who it is for is resolved here, and nowhere else is the address decrypted."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.aws.ses import SesChannel
from services.kernel.log import LogLine, log
from services.kernel.notices import outbox, stopped
from services.kernel.notices.catalogue import CATALOGUE, Recipient
from services.kernel.notices.channel import Channel, Mail, NotTakenError, Sms, SmsChannel
from services.kernel.notices.outbox import Key, NoticeState, Waiting
from services.kernel.notices.render import render_mail, render_sms
from services.kernel.problems import Code, Problem
from services.kernel.settings import MailSettings, settings
from services.kernel.web.languages import Language

_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Contact:
    """How somebody is reached, and in which language."""

    email: str | None = field(repr=False)
    phone: str | None = field(default=None, repr=False)
    language: Language = Language.INDONESIAN


Resolve = Callable[[Recipient], Contact | None]
"""Who a recipient is; None: nobody any more."""


@dataclass(frozen=True)
class Channels:
    """By what a service's notices leave; no `mail`: this stage has no sender. SMS is off while there is no `sms`."""

    mail: Channel | None
    sms: SmsChannel | None = None


class NoticeMessage(BaseModel):
    """Which notice waits, as a queue's message; nothing of what it says."""

    event: str
    recipient: str

    @property
    def key(self) -> Key:
        """Of its item.

        Raises:
            ValueError: it names no recipient.
        """
        return Key(self.event, Recipient.parse(self.recipient))


def of_this_stage() -> Channels:
    """E-mail where the stage has a sender; SMS has no provider yet, so it is off."""
    mail = MailSettings.load()
    return Channels(SesChannel(mail.mail_sender, mail.mail_configuration_set) if mail.mail_sender else None)


def send_notice(key: Key, resolve: Resolve, channels: Channels, lookup_key: bytes) -> None:
    """Send it unless it was sent, is of no use any more, or may not be.

    Raises:
        Problem: `try-again` while another function has it, or when the channel did not take it.
        Exception: whatever else the channel raises; the notice stays under its lease then, for it may have been sent.
    """
    waiting = outbox.lease(key)
    if waiting is None:
        return
    contact = _given(waiting) if waiting.address else resolve(key.recipient)
    state = _why_not(waiting, contact, lookup_key) or _hand_over(waiting, contact or Contact(None), channels)
    outbox.settle(key, state)
    log(LogLine.NOTICE_SETTLED, notice=waiting.kind.value, state=state.value)


def _given(waiting: Waiting) -> Contact:
    """The address that the notice brought: an e-mail's, or a phone in E.164."""
    if str(waiting.address).startswith("+"):
        return Contact(None, waiting.address, waiting.language)
    return Contact(waiting.address, None, waiting.language)


def _why_not(waiting: Waiting, contact: Contact | None, lookup_key: bytes) -> NoticeState | None:
    """Why nobody is written to; None: he may be."""
    if waiting.until is not None and clock.now() > waiting.until:
        return NoticeState.EXPIRED
    email = contact.email if contact is not None else None
    if email and not CATALOGUE[waiting.kind].always and stopped.why(email, lookup_key) is not None:
        return NoticeState.STOPPED
    return None


def _hand_over(waiting: Waiting, contact: Contact, channels: Channels) -> NoticeState:
    """Give it to one channel: SMS is for whoever has no e-mail address."""
    tag, told = waiting.key.tag, (waiting.kind, waiting.fields, contact.language, settings().site_origin)
    try:
        if channels.mail is not None and contact.email and _ADDRESS.fullmatch(contact.email):
            subject, body = render_mail(*told)
            channels.mail.send(Mail(contact.email, subject, body, tag))
        elif channels.sms is not None and contact.phone and not contact.email:
            channels.sms.send(Sms(contact.phone, render_sms(*told), tag))
        else:
            return NoticeState.NO_ADDRESS
    except NotTakenError as refused:
        outbox.give_back(waiting.key)
        log(LogLine.MAIL_NOT_TAKEN, notice=waiting.kind.value, code=str(refused))
        raise Problem(Code.TRY_AGAIN) from None
    return NoticeState.SENT
