"""Lengkapi Data: the password is judged before the review, the contact is put right without a new identity check."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.kernel.documents import DocumentType
from services.kernel.security import sessions
from services.kernel.security.sessions import ENROLMENT_COOKIE, Actor, Audience
from services.registration.adapters import account_store
from services.registration.app import app
from services.registration.enrolments import enrolment as enrolments
from services.registration.model.person import Person
from tests.registration.listed import (
    CLAIM,
    IN_TIME,
    LAST_MOMENT,
    PASSWORD,
    ROW,
    TOO_LATE,
    accept,
    enrol,
    make_account,
    register,
)
from tests.support.aws import Answer, Cloud

PATH = "/registration/enrolment"
Browser = dict[str, str]


@pytest.fixture
def person(portal: Cloud) -> Person:
    """A listed person with KTP and photo."""
    made = register()
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(made.pid, jenis)
    return made


def complete(cloud: Cloud, browser: Browser, *, received: datetime = IN_TIME, **changed: Any) -> Answer:
    """Press Lanjutkan on step 2."""
    body = {"hp": "081299990000", "email": "baru@contoh.id", "password": PASSWORD, **changed}
    return cloud.call(app, "PATCH", PATH, body, cookies=browser, received=received)


def contact(cloud: Cloud, browser: Browser) -> Any:
    """What the review shows."""
    return cloud.call(app, "GET", PATH, cookies=browser).json["contact"]


def test_the_contact_is_shown_and_changed_for_the_account(portal: Cloud, person: Person) -> None:
    browser = enrol(portal)
    assert contact(portal, browser) == {"hp": "+6281234567890", "email": CLAIM["email"]}
    changed = {"hp": "+6281299990000", "email": "baru@contoh.id"}
    assert complete(portal, browser).json == contact(portal, browser) == changed
    assert make_account(portal, browser).status == 201
    account = account_store.load(account_store.account_id(ROW["nik"]))
    assert account is not None
    assert account_store.contact(account, person).shown() == changed
    assert contact(portal, browser) is None


def test_another_browser_keeps_what_was_typed_there(portal: Cloud, person: Person) -> None:
    his, other = enrol(portal), enrol(portal)
    complete(portal, his)
    assert contact(portal, other)["email"] == CLAIM["email"]


def test_changing_the_contact_gives_no_more_time(portal: Cloud, person: Person) -> None:
    browser = enrol(portal)
    until = portal.call(app, "GET", PATH, cookies=browser).json["expires_at"]
    portal.at(IN_TIME + timedelta(minutes=59))
    complete(portal, browser)
    page = portal.call(app, "GET", PATH, cookies=browser).json
    assert page["expires_at"] == until
    assert timedelta(0) < datetime.fromisoformat(until) - datetime.fromisoformat(page["now"]) <= timedelta(minutes=1)
    portal.at(IN_TIME + timedelta(hours=1))
    assert complete(portal, browser).code == "unauthenticated"


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"password": "abc"}, "password", "password-short"),
        ({"password": "x" * 129}, "password", "password-long"),
        ({"password": "Siti Contoh Lestari!"}, "password", "password-name"),
        ({"password": f"ini {ROW['nik']}"}, "password", "password-number"),
        ({"password": "lahir 01-01-1990"}, "password", "password-birth-date"),
        ({"password": "indonesia1945"}, "password", "password-common"),
        ({"hp": "0812"}, "hp", "phone"),
        ({"email": "siti"}, "email", "email"),
    ],
)
def test_what_will_not_do_is_said_at_its_field_and_nothing_is_kept(
    portal: Cloud, person: Person, changed: dict[str, Any], field: str, code: str
) -> None:
    browser = enrol(portal)
    answer = complete(portal, browser, **changed)
    assert [(one["field"], one["code"]) for one in answer.json["fields"]] == [(field, code)]
    assert field != "password" or changed[field] not in answer.text
    assert contact(portal, browser)["email"] == CLAIM["email"]


def test_the_password_is_not_kept(portal: Cloud, person: Person) -> None:
    browser = enrol(portal)
    complete(portal, browser)
    claims = sessions.read(browser[ENROLMENT_COOKIE], Audience.ENROLMENT)
    actor = Actor.of(claims)
    kept = enrolments.load(person, actor).contact
    assert kept is not None
    assert kept.keys() == {"hp", "email", "verified", "language", "nomor_kk", "typed"}


def test_it_ends_with_the_window_and_with_the_account(portal: Cloud, person: Person) -> None:
    browser = enrol(portal)
    assert complete(portal, browser, received=LAST_MOMENT).status == 200
    assert complete(portal, browser, received=TOO_LATE).code == "window-closed"
    make_account(portal, browser)
    assert complete(portal, browser).code == "unauthenticated"
    assert complete(portal, {}).code == "unauthenticated"
