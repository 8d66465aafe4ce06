"""A code of six digits shows that an e-mail address or phone belongs to whoever types it (domain.md, section 3).

It is good for ten minutes from the instant the mail service took it, not from the asking: a mail that waits costs
nobody his code. Only a keyed hash of it is kept. Each code is good for one purpose, one subject and one address.
"""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.aws.dynamodb import Attr, Item
from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient
from services.kernel.notices.outbox import NoticeState
from services.kernel.notices.send import Channels, of_this_stage
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security import privacy
from services.kernel.security.throttle import Throttle
from services.kernel.web.languages import Language
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.model.contact import EMAIL, PHONE
from services.registration.settings import lookup_key


class ContactChannel(StrEnum):
    """By what a code is sent: the name of the field that holds the address."""

    EMAIL = EMAIL
    PHONE = PHONE


GOOD_FOR: Final = timedelta(minutes=10)
AGAIN_AFTER: Final = timedelta(seconds=60)
TRIES: Final = 5
_ON_ITS_WAY: Final = timedelta(hours=1)
"""So long a code may wait for the mail service *(ours)*."""
OF_ADDRESS = Throttle("code-address", 10, timedelta(hours=1), lookup_key)
"""To one e-mail address or phone, whoever asks: more than one person may name it, so it is more than of one."""
OF_SUBJECT = Throttle("code-subject", 6, timedelta(hours=1), lookup_key)
OF_NETWORK = Throttle("code-network", 300, timedelta(minutes=10), lookup_key)
"""A whole office may share one *(ours)*."""


@dataclass(frozen=True)
class Slot:
    """What a code is for; at most one is good in each.

    `address` is the e-mail address or, in E.164, the phone it goes to; empty: wherever the recipient is reached.
    `subject` is whose asking for codes is limited: a pid or an account. `institution` is the one whose key encrypts the
    notice until it is sent.
    """

    kind: NoticeKind
    recipient: Recipient
    address: str = field(repr=False)
    subject: str
    institution: str
    language: Language = Language.INDONESIAN

    @property
    def key(self) -> str:
        """Where it is kept."""
        address = privacy.blind(lookup_key(), "code address", self.address.casefold())
        return f"code#{self.kind.value}#{self.recipient.id}#{address}"


def require_channel(channel: ContactChannel, channels: Channels | None = None) -> None:
    """Accept a channel that codes can go by; `channels` None: those of this stage.

    Raises:
        Problem: `invalid-fields` for a phone while SMS is off.
    """
    if channel is ContactChannel.PHONE and (channels or of_this_stage()).sms is None:
        sentence = "Kode lewat SMS belum tersedia. Pakai email, lembar kode aktivasi, atau bantuan petugas instansi."
        raise invalid_problem(channel, "sms-off", sentence)


class CodeSent(BaseModel):
    """A code is on its way; another may be asked for after so many seconds."""

    again_after: int = int(AGAIN_AFTER.total_seconds())


def send_code(slot: Slot, request: Request) -> CodeSent:
    """Have a code sent; while the one before is on its way to the mail service, or was just asked for, no other.

    Raises:
        Problem: `throttled` within a minute of the one before, and after too many to one address, of one person or from
            one network; `try-again` when nothing was stored.
    """
    return request.once.answer(CodeSent, lambda: _send(slot, request))


def _send(slot: Slot, request: Request) -> CodeSent:
    before = ttl_store.read(slot.key)
    if before is not None:
        if _is_on_its_way(before, slot):
            return CodeSent()
        _require_later(before)
    OF_NETWORK.require(request.caller.network)
    OF_SUBJECT.require(slot.subject)
    OF_ADDRESS.require(slot.address.casefold() or slot.recipient.id)
    event, code = f"code.{secrets.token_hex(8)}", f"{secrets.randbelow(10**6):06d}"
    now = clock.now()
    kept = {"event": event, "hash": _hash(event, code), "at": clock.millis(now)}
    free = Attr("pk").not_exists() | Attr("until").lt(clock.millis(now))
    unmoved = Attr("event").eq(before["event"]) if before else free
    if not ttl_store.keep(slot.key, kept, now + _ON_ITS_WAY + GOOD_FOR, unmoved):
        return CodeSent()  # a twin of this request was faster
    sent = CodeSent()
    if not ungated.commit([outbox.put(_notice(slot, event, code)), *request.once.remember(sent)]):
        raise Problem(Code.TRY_AGAIN)
    return sent


def require_code(slot: Slot, typed: str) -> None:
    """Count a try, and let the right code through; `spend_code` uses it up.

    Raises:
        Problem: `invalid-fields` (`wrong-code`) for any that is wrong, over or used, or none was asked for, alike;
            (`code-over`) after five tries.
    """
    kept = ttl_store.read(slot.key)
    if kept is None or _is_over(kept, slot):
        raise wrong_code_problem()
    if ttl_store.count(f"code-tries#{kept['event']}", clock.from_millis(kept["until"])) > TRIES:
        raise invalid_problem("code", "code-over", "Kode ini sudah 5 kali salah diisi. Minta kode baru.")
    if not secrets.compare_digest(kept["hash"], _hash(kept["event"], "".join(typed.split()))):
        raise wrong_code_problem()


def spend_code(slot: Slot) -> None:
    """The code was used."""
    ttl_store.forget(slot.key)


def _is_on_its_way(kept: Item, slot: Slot) -> bool:
    """Whether its mail still waits, so that another would only come beside it; not longer than a code is good."""
    waits = outbox.state_of(outbox.Key(kept["event"], slot.recipient)) is NoticeState.WAITING
    return waits and clock.now() - clock.from_millis(kept["at"]) < GOOD_FOR


def _require_later(kept: Item) -> None:
    wait = clock.from_millis(kept["at"]) + AGAIN_AFTER - clock.now()
    if wait > timedelta(0):
        seconds = int(wait.total_seconds()) + 1
        sentence = "Kode baru saja dikirim. Periksa kotak masuk dan spam; kode baru dapat diminta setelah 1 menit."
        raise Problem(Code.THROTTLED, sentence, retry_after=seconds)


def _is_over(kept: Item, slot: Slot) -> bool:
    handed_over = outbox.handed_over_at(outbox.Key(kept["event"], slot.recipient))
    return handed_over is not None and clock.now() >= handed_over + GOOD_FOR


def _notice(slot: Slot, event: str, code: str) -> Notice:
    return Notice(
        slot.kind,
        event,
        slot.recipient,
        {"code": code},
        slot.institution,
        until=clock.now() + _ON_ITS_WAY,
        address=slot.address or None,
        language=slot.language,
    )


def _hash(event: str, code: str) -> str:
    return privacy.blind(lookup_key(), "contact code", f"{event} {code}")


def wrong_code_problem() -> Problem:
    """What any code is answered that shows nothing, whatever the reason."""
    sentence = "Kode salah, sudah dipakai, atau lewat 10 menit. Periksa 6 angkanya, atau minta kode baru."
    return invalid_problem("code", "wrong-code", sentence)
