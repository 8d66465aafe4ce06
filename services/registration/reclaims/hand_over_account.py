"""The write by which an account goes to who reclaims it, whoever decided that (domain.md, section 3, *reclaim*)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Self

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.security import revocations
from services.kernel.security.sessions import Actor
from services.kernel.states import Assurance
from services.kernel.writes import ungated
from services.kernel.writes.calendar import Round, Window
from services.kernel.writes.gate import ConditionLost
from services.registration.adapters import access_log, account_store, person_store, request_store
from services.registration.adapters.contact_counter import count_contacts
from services.registration.cards.issue_cards_anew import issue_cards_anew
from services.registration.dossiers.biodata import account_of
from services.registration.enrolments import enrolment as enrolments
from services.registration.model.account import Account
from services.registration.model.contact import PersonContact
from services.registration.model.dossier import Change, Dossier
from services.registration.model.person import Person
from services.registration.model.reclaim import Time, time_of
from services.registration.reclaims.taken_back import take_back
from services.registration.shared.tell_account import tell_reclaimed

ACTION: Final = "reclaim"


@dataclass(frozen=True)
class Brought:
    """What the claimant brought: hash of his password, contact (not verified), nomor KK, what he typed otherwise."""

    password: str
    contact: PersonContact
    nomor_kk: str
    typed: Mapping[str, str]

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """As it was stored."""
        return cls(stored["password"], PersonContact.of(stored["contact"]), stored["nomor_kk"], stored["typed"])

    def stored(self) -> dict[str, Any]:
        """As it is stored: JSON-able."""
        return {**vars(self), "contact": self.contact.stored()}


@dataclass(frozen=True)
class Handing:
    """On whose word: `traced` is for the record's history, `operations` join the write; `helped`: staff who decided."""

    actor: Actor
    at: datetime
    traced: Mapping[str, Any]
    operations: Sequence[Operation]
    helped: tuple[str, ...] = ()


def hand_over_account(dossier: Dossier, brought: Brought, round_: Round, handing: Handing) -> None:
    """Make the account the claimant's: with the record while people may complete theirs, else the login alone.

    Raises:
        Problem: `version-moved` when something moved meanwhile, or whatever the gate says.
    """
    person = dossier.person
    before = account_of(person)
    after = _account(before, person, brought)
    former = account_store.contact(before, person)
    operations = [
        account_store.replace(after, before),
        *tell_reclaimed(after, person, former),
        *count_contacts(former, brought.contact),
        *handing.operations,
    ]
    if time_of(round_, handing.at) is Time.DOSSIER and not handing.traced.get("login_only"):
        _with_record(dossier, brought, round_, replace(handing, operations=operations))
    else:
        _login_alone(person, replace(handing, operations=operations))
    enrolments.end(person.enrolment)
    revocations.keep(person.pid, after.v, token_version=after.token_version, ended=())


def _account(before: Account, person: Person, brought: Brought) -> Account:
    return replace(
        before,
        password_hash=brought.password,
        token_version=before.token_version + 1,
        v=before.v + 1,
        encrypted=account_store.encrypt_contact(before.id, brought.contact, person),
    )


def _with_record(dossier: Dossier, brought: Brought, round_: Round, handing: Handing) -> None:
    person, contact = dossier.person, brought.contact
    assurance = Assurance.PETUGAS if handing.helped else Assurance.LEMBAR
    after = take_back(dossier, assurance, brought.nomor_kk, brought.typed, handing.at)
    for staff in handing.helped:
        after = after.helped(staff)
    delta = {
        "contact": {**contact.shown(), "nomor_kk": brought.nomor_kk, "typed": brought.typed},
        "assurance": [person.assurance.value, after.assurance.value],
        **handing.traced,
    }
    unlisted = request_store.list_statement(after) if person.states_inactive else []
    extra = [*handing.operations, *issue_cards_anew(person.pid, handing.at), *unlisted]
    change = Change(person, after, ACTION, delta, extra)
    try:
        person_store.commit(change, round_=round_, window=Window.DOSSIER, received=handing.at, actor=handing.actor.id)
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost


def _login_alone(person: Person, handing: Handing) -> None:
    """No window rules a login, nor does the lock; the record's history has it all the same."""
    logged = access_log.link_of_person(person, handing.actor, ACTION, handing.at)
    if not ungated.commit([*handing.operations, *logged]):
        raise Problem(Code.VERSION_MOVED)
