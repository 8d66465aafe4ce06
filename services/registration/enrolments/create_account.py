"""Steps 2 and 3 of making an account: a password, KTP and photo, "Proses Pembuatan Akun" (domain.md, section 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.documents import FileState
from services.kernel.documents.receipts import Receipts
from services.kernel.metrics import Metric, publish
from services.kernel.problems import Code, Problem
from services.kernel.security import captcha
from services.kernel.security.sessions import Actor, Role
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Round, Window
from services.kernel.writes.gate import ConditionLost
from services.registration.accounts import passwords
from services.registration.adapters import account_store, file_store, person_store, sheet_store
from services.registration.adapters.contact_counter import count_contacts
from services.registration.cards.issue_card import issue_card
from services.registration.dossiers.completeness import missing_enrolment_files
from services.registration.dossiers.on_their_way import counting, find_on_their_way
from services.registration.dukcapil.check_dukcapil import check_dukcapil
from services.registration.enrolments import enrolment as enrolments
from services.registration.enrolments.backing import Backing, find_backing
from services.registration.model.account import Account, AccountState
from services.registration.model.card import CardKind
from services.registration.model.contact import PersonContact
from services.registration.model.dossier import Change, Dossier
from services.registration.model.person import KnownFile, Person
from services.registration.model.person_states import DECIDED, Action
from services.registration.settings import captcha_keys, settings
from services.registration.shared.tell_account import tell_account_made
from services.registration.shared.views import Versioned

_STAYS = frozenset({PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN, *DECIDED})
"""Where an account changes no state: submitted at the counter, handed back, or decided (domain.md, section 4)."""


class NewAccount(BaseModel):
    """The form of step 2; `receipts` are those of files that documents has not inspected yet."""

    password: Annotated[str, Field(max_length=1000)]
    captcha: str
    receipts: Receipts = []


class AccountMade(BaseModel):
    """Whose account was made."""

    nomor_registrasi: str
    nama: str


def create_account(new: NewAccount, request: Request) -> AccountMade:
    """Make the account of the enrolled person and give out its card; all other enrolments of the row are over then.

    Raises:
        Problem: `account-exists`, `incomplete` without accepted KTP and photo, `invalid-fields` for a bad password,
            `not-backed`, `captcha-failed`, `unauthenticated` when the enrolment is over, `window-closed`.
    """
    request.once.answer(Versioned, lambda: _make(new, request))
    person = person_store.load(request.actor.id)
    return AccountMade(nomor_registrasi=person.registration_number, nama=person.nama)


def _make(new: NewAccount, request: Request) -> Versioned:
    by, received = request.actor, request.received
    dossier = person_store.load_dossier(by.id)
    person = dossier.person
    if person.has_account:
        raise Problem(Code.ACCOUNT_EXISTS)
    round_ = gate.read_round(person.institution)
    round_.require(Window.DOSSIER, received)
    enrolment = enrolments.load(person, by)
    if enrolment.contact is None:
        raise Problem(Code.ACCOUNT_EXISTS)
    coming = find_on_their_way(dossier, new.receipts, by.enrolment)
    lacking = missing_enrolment_files(counting([*dossier.files, *dossier.under(by.enrolment)], coming))
    if lacking:
        raise Problem(Code.INCOMPLETE, missing=[one.model_dump() for one in lacking])
    backing = find_backing(person, by.enrolment, enrolment.contact, received)
    if not backing:
        raise Problem(Code.NOT_BACKED)
    passwords.require_good(new.password, passwords.owner_of(person))
    captcha.require(new.captcha, captcha_keys(), settings().ttl_table)
    made = Versioned(v=person.v + 1)
    account = _account(person, backing.contact, new.password)
    after = _with_account(person, backing, enrolment.contact, by, received)
    change = Change(
        before=person,
        after=after,
        action=Action.MAKE_ACCOUNT,
        delta={
            "contact": _typed(enrolment.contact),
            "assurance": backing.assurance(person).value,
            **backing.traced(),
        },
        extra=[
            account_store.put_new(account),
            *backing.spend(received),
            *count_contacts(None, backing.contact),
            *tell_account_made(account, person),
            *issue_card(person.pid, CardKind.AKUN, received),
            *_joining(dossier, coming, by, received),
            *check_dukcapil(after, received),
            *request.once.remember(made),
        ],
    )
    _commit(change, round_, received)
    enrolments.finish(by, enrolment)
    publish({Metric.FILES_ON_THEIR_WAY: len(coming)})
    return made


def _commit(change: Change, round_: Round, received: datetime) -> None:
    actor = change.after.pid
    try:
        person_store.commit(change, round_=round_, window=Window.DOSSIER, received=received, actor=actor)
    except ConditionLost as lost:
        if account_store.ACCOUNT in lost.failed:
            raise Problem(Code.ACCOUNT_EXISTS) from lost
        used = sheet_store.SHEET in lost.failed
        raise Problem(Code.NOT_BACKED if used else Code.VERSION_MOVED) from lost


def _joining(dossier: Dossier, coming: Iterable[KnownFile], by: Actor, received: datetime) -> list[Operation]:
    """What the enrolment brought comes to the record now, accepted or on its way."""
    pid, at = dossier.person.pid, clock.millis(received)
    # Of what was accepted there is one a kind, however often he tried: a transaction holds 100 items.
    accepted = [file for file in dossier.under(by.enrolment) if file.state == FileState.DITERIMA.value]
    return [
        *(file_store.keep_from_now(pid, file, at) for file in accepted),
        *(file_store.put_waiting(pid, file) for file in coming),
    ]


def _with_account(person: Person, backing: Backing, contact: Mapping[str, Any], by: Actor, at: datetime) -> Person:
    """An account decides nothing, so a verdict stands; who was handed back has to submit as before."""
    moved = person if person.state in _STAYS else person.moved(Action.MAKE_ACCOUNT, at)
    private = replace(moved.private, nomor_kk=contact["nomor_kk"], typed=contact["typed"])
    made = replace(moved, has_account=True, enrolment=by.enrolment, private=private)
    assured = replace(made, assurance=backing.assurance(person))
    return assured.helped(backing.staff) if backing.staff else assured


def _typed(contact: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: contact[name] for name in ("hp", "email", "nomor_kk", "typed")}


def _account(person: Person, contact: PersonContact, password: str) -> Account:
    identifier = account_store.account_id(person.row["nik"])
    return Account(
        id=identifier,
        role=Role.HONORER,
        institution=None,
        units=(),
        pid=person.pid,
        password_hash=passwords.hash_password(password),
        token_version=1,
        state=AccountState.AKTIF,
        v=1,
        salt=None,
        encrypted=account_store.encrypt_contact(identifier, contact, person),
    )
