"""Steps 2 and 3 of making an account: a password, KTP and photo, "Proses Pembuatan Akun" (domain.md, section 3)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from services.kernel import captcha, clock, gate
from services.kernel.calendar import Round, Window
from services.kernel.documents import FileState
from services.kernel.gate import ConditionLost
from services.kernel.idempotency import Once
from services.kernel.problems import Code, Problem
from services.kernel.sessions import Actor, Role
from services.kernel.states import PersonState
from services.registration.accounts import passwords
from services.registration.accounts.account import Account
from services.registration.adapters import account_store, file_store, person_store
from services.registration.adapters.card_store import CardKind
from services.registration.adapters.person_store import Change, Dossier
from services.registration.cards.issue_card import issue_card
from services.registration.dossiers.answer_once import answer_once
from services.registration.dossiers.completeness import missing_enrolment_files
from services.registration.dossiers.views import Versioned
from services.registration.enrolments import enrolment as enrolments
from services.registration.people.record import Person
from services.registration.people.states import DECIDED, Action
from services.registration.settings import captcha_key, settings

_STAYS = frozenset({PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN, *DECIDED})
"""Where an account changes no state: submitted at the counter, handed back, or decided (domain.md, section 4)."""


class NewAccount(BaseModel):
    """The form of step 2."""

    password: Annotated[str, Field(max_length=1000)]
    captcha: str


class AccountMade(BaseModel):
    """Whose account was made."""

    nomor_registrasi: str
    nama: str


def make_account(new: NewAccount, *, enrolment: Actor, received: datetime, once: Once) -> AccountMade:
    """Make the account of the enrolled person and give out its card; all other enrolments of the row are over then.

    Raises:
        Problem: `account-exists`, `incomplete` without accepted KTP and photo, `invalid-fields` for a bad password,
            `captcha-failed`, `unauthenticated` when the enrolment is over, `window-closed`.
    """
    answer_once(once, Versioned, lambda: _make(new, enrolment, received, once))
    person = person_store.load(enrolment.id)
    return AccountMade(nomor_registrasi=person.registration_number, nama=person.nama)


def _make(new: NewAccount, by: Actor, received: datetime, once: Once) -> Versioned:
    dossier = person_store.load_dossier(by.id)
    person = dossier.person
    if person.has_account:
        raise Problem(Code.ACCOUNT_EXISTS)
    round_ = gate.read_round(person.institution)
    round_.require(Window.DOSSIER, received)
    enrolment = enrolments.load(person, by)
    if enrolment.contact is None:
        raise Problem(Code.ACCOUNT_EXISTS)
    lacking = missing_enrolment_files([*dossier.files, *dossier.under(by.enrolment)])
    if lacking:
        raise Problem(Code.INCOMPLETE, missing=[one.model_dump() for one in lacking])
    passwords.require_good(new.password, passwords.owner_of(person))
    captcha.require(new.captcha, captcha_key(), settings().ttl_table)
    made = _commit(dossier, enrolment.contact, new.password, round_, received, once, by)
    enrolments.finish(by, enrolment)
    return made


def _commit(
    dossier: Dossier,
    contact: Mapping[str, Any],
    password: str,
    round_: Round,
    received: datetime,
    once: Once,
    by: Actor,
) -> Versioned:
    person = dossier.person
    made = Versioned(v=person.v + 1)
    parts = {"contact": {"nomor_kk": contact["nomor_kk"]}, "typed": contact["typed"]}
    after = _with_account(person, by, received).with_private(**parts)
    account = _account(person, contact, password)
    cards = issue_card(person.pid, CardKind.AKUN, received)
    joining = [
        file_store.keep_from_now(person.pid, file, clock.millis(received))
        for file in dossier.under(by.enrolment)
        if file.state == FileState.DITERIMA.value  # one a kind, however often he tried: a transaction holds 100 items
    ]
    change = Change(
        before=person,
        after=after,
        action=Action.MAKE_ACCOUNT,
        delta={"contact": dict(contact)},
        extra=[account_store.put_new(account), *cards, *joining, *once.remember(made)],
    )
    try:
        person_store.commit(change, round_=round_, window=Window.DOSSIER, received=received, actor=person.pid)
    except ConditionLost as lost:
        raise Problem(Code.ACCOUNT_EXISTS if lost.position == 0 else Code.VERSION_MOVED) from lost
    return made


def _with_account(person: Person, by: Actor, at: datetime) -> Person:
    """An account proves nothing yet, so a verdict stands; who was handed back has to submit as before."""
    moved = person if person.state in _STAYS else person.moved(Action.MAKE_ACCOUNT, at)
    return replace(moved, has_account=True, enrolment=by.enrolment)


def _account(person: Person, contact: Mapping[str, Any], password: str) -> Account:
    identifier = account_store.account_id(person.row["nik"])
    reachable = {"hp": contact["hp"], "email": contact["email"]}
    return Account(
        id=identifier,
        role=Role.HONORER,
        institution=None,
        units=(),
        pid=person.pid,
        password_hash=passwords.hash_password(password),
        token_version=1,
        disabled=False,
        v=1,
        salt=None,
        sealed=account_store.seal_contact(identifier, reachable, person),
    )
