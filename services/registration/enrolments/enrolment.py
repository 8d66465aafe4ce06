"""An enrolment: what a passed identity check leaves behind until the account is made (domain.md, section 3).

It belongs to one listed person and one address, and is over after an hour. The contact typed at the check is kept in
it, encrypted with the person's key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.kernel import clock, privacy
from services.kernel.privacy import Place
from services.kernel.problems import Code, Problem
from services.kernel.sessions import ENROLMENT_OVER, Claims
from services.registration.adapters import ttl_store
from services.registration.people.record import Person
from services.registration.settings import lookup_key, settings


@dataclass(frozen=True)
class Enrolment:
    """`contact` (hp, email, nomor_kk) is None once the account is made; its card can be printed until `until`."""

    until: datetime
    contact: Mapping[str, Any] | None


def begin(person: Person, claims: Claims, contact: Mapping[str, Any]) -> None:
    """Keep the contact for as long as the enrolment token lives."""
    key = _key(person.pid, claims.address or "")
    sealed = privacy.seal(contact, institution=person.institution, salt=person.salt, place=_place(key))
    ttl_store.keep(key, {"pii": sealed}, claims.expires_at)


def load(person: Person, address: str) -> Enrolment:
    """The enrolment of this person from this address.

    Raises:
        Problem: `unauthenticated` when there is none or it is over.
    """
    key = _key(person.pid, address)
    item = ttl_store.read(key)
    if item is None:
        raise Problem(Code.UNAUTHENTICATED, ENROLMENT_OVER)
    contact = None
    if "pii" in item:
        contact = privacy.unseal(item["pii"], institution=person.institution, salt=person.salt, place=_place(key))
    return Enrolment(clock.from_millis(item["until"]), contact)


def finish(person: Person, address: str, enrolment: Enrolment) -> None:
    """Drop the contact: the account has it now."""
    ttl_store.keep(_key(person.pid, address), {}, enrolment.until)


def _key(pid: str, address: str) -> str:
    return f"enrolment#{pid}#{privacy.blind(lookup_key(), 'enrolment address', address)}"


def _place(key: str) -> Place:
    return Place(settings().ttl_table, key, "")
