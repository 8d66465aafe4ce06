"""An enrolment: what a passed identity check leaves behind until the account is made (domain.md, section 3).

It belongs to one listed person and one browser, which shows a signed token with its name, and is over after an hour;
not to a network address, which a phone changes all day. The contact typed at the check, and what was typed otherwise
than registered, are kept in it, encrypted with the person's key. Several browsers may have one of the same row. The
person remembers which of them made his account: with that all the others are over, in the same instant.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.aws.dynamodb import Attr
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy, sessions
from services.kernel.security.privacy import Place
from services.kernel.security.sessions import ENROLMENT_OVER, Actor, Audience, Claims
from services.registration.model.contact import EMAIL, PHONE, PersonContact
from services.registration.model.person import Person
from services.registration.settings import settings

SHEET: Final = "sheet"
"""What of the private part keeps the hash of the sheet's code that was typed."""
REMEMBERED = timedelta(days=1)
"""How long a browser keeps the token, so that who begins again within it finds the files he has sent *(ours)*."""


@dataclass(frozen=True)
class Enrolment:
    """What it holds; its card prints until `until`.

    `contact` (`hp`, `email`, `verified`, `language`, `nomor_kk`, `typed`, `sheet`) is None once the account is made.
    """

    until: datetime
    contact: Mapping[str, Any] | None


def name_for(person: Person, token: str | None) -> str:
    """What the enrolment of this person is called: as the one this browser had before, over or not, else anew."""
    with suppress(Problem):
        before = sessions.read(token or "", Audience.ENROLMENT)
        if before.sub == person.pid and before.enrolment is not None:
            return before.enrolment
    return secrets.token_hex(16)


def begin(person: Person, claims: Claims, contact: Mapping[str, Any]) -> None:
    """Keep the contact (`hp`, `email`, `language`, `nomor_kk`, `typed`), encrypted, while the enrolment token lives.

    Of an enrolment that still goes on, what backs it goes on too.
    """
    key = _key(claims.enrolment)
    contact = {**contact, **_still_backing(person, key, contact)}
    encrypted = privacy.encrypt(contact, institution=person.institution, salt=person.salt, place=_place(key))
    ttl_store.keep(key, {"private": encrypted}, claims.expires_at)


def load(person: Person, actor: Actor) -> Enrolment:
    """The enrolment by which this actor asks for the person.

    Raises:
        Problem: `unauthenticated` when it is over, by time or because another one has made the account.
    """
    key = _key(actor.enrolment)
    item = ttl_store.read(key)
    if item is None or (person.has_account and person.enrolment != actor.enrolment):
        raise Problem(Code.UNAUTHENTICATED, ENROLMENT_OVER)
    contact = None
    if "private" in item:
        contact = privacy.decrypt(item["private"], institution=person.institution, salt=person.salt, place=_place(key))
    return Enrolment(clock.from_millis(item["until"]), contact)


def change_contact(person: Person, actor: Actor, enrolment: Enrolment, changed: Mapping[str, Any]) -> bool:
    """Keep the contact with what is `changed` of it until the enrolment ends; False when the account has been made."""
    key = _key(actor.enrolment)
    kept = enrolment.contact or {}
    after = PersonContact.of(kept).changed({name: changed[name] for name in (PHONE, EMAIL) if name in changed})
    contact = {**kept, "verified": sorted(after.verified), **changed}
    encrypted = privacy.encrypt(contact, institution=person.institution, salt=person.salt, place=_place(key))
    return ttl_store.keep(key, {"private": encrypted}, enrolment.until, when=Attr("private").exists())


def finish(actor: Actor, enrolment: Enrolment) -> None:
    """Drop the contact: the account has it now."""
    ttl_store.keep(_key(actor.enrolment), {}, enrolment.until)


def end(name: str | None) -> None:
    """End an enrolment by its name; one that is over already is fine."""
    ttl_store.forget(_key(name))


def _still_backing(person: Person, key: str, contact: Mapping[str, Any]) -> Mapping[str, Any]:
    item = ttl_store.read(key)
    if item is None or "private" not in item:
        return {}
    kept = privacy.decrypt(item["private"], institution=person.institution, salt=person.salt, place=_place(key))
    after = PersonContact.of(kept).changed({name: contact[name] for name in (PHONE, EMAIL)})
    return {"verified": sorted(after.verified), **({SHEET: kept[SHEET]} if SHEET in kept else {})}


def _key(enrolment: str | None) -> str:
    return f"enrolment#{enrolment}"


def _place(key: str) -> Place:
    return Place(settings().ttl_table, key, "")
