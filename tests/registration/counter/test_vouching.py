"""At the counter: who vouches for whom, what comes of it, and that he may not decide on him."""

from typing import Any

import pytest

from services.kernel.documents import DocumentType
from services.kernel.security.sessions import Role
from services.kernel.states import Assurance, PersonState
from services.registration.adapters import person_store, sheet_store
from services.registration.app import app
from services.registration.model.person import Person
from tests.registration.listed import (
    LAST_MOMENT,
    ROW,
    TOO_LATE,
    accept,
    enrol,
    make_account,
    portal,
    put_in,
    register,
    token_of,
    with_account,
)
from tests.registration.sheets.printing import codes, pdf, printed
from tests.registration.staff import Desk, desk
from tests.support.aws import Answer, Cloud

__all__ = ["portal"]


@pytest.fixture
def operator(portal: Cloud) -> Desk:
    """The operator at the counter."""
    return desk(portal, Role.OPERATOR)


def vouch(who: Desk, person: Person, seen: str = "KTP", **more: Any) -> Answer:
    """Tick."""
    return who.call("POST", f"/people/{person.pid}/identity", {"v": person.v, "seen": seen, **more})


def counter_digits(cloud: Cloud, cookies: dict[str, str]) -> str:
    """What the enrolment's page shows."""
    answer = cloud.call(app, "POST", "/registration/enrolment/counter-code", cookies=cookies)
    assert answer.status == 200, answer.text
    return str(answer.json["digits"])


def with_papers(pid: str) -> None:
    """KTP and photo of the record are accepted."""
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(pid, jenis)


def test_the_digits_of_his_page_make_an_account_that_is_assured(portal: Cloud, operator: Desk) -> None:
    person = register()
    with_papers(person.pid)
    cookies = enrol(portal)
    assert make_account(portal, cookies, backed=False).code == "not-backed"
    digits = counter_digits(portal, cookies)
    answer = vouch(operator, person, digits=f" {digits[:3]} {digits[3:]} ")
    assert (answer.status, answer.json) == (200, {"v": person.v, "assurance": None})
    assert make_account(portal, cookies, backed=False).status == 201
    made = person_store.load(person.pid)
    assert (made.assurance, made.helped_by) == (Assurance.PETUGAS, (operator.actor.id,))
    history = desk(portal, Role.ADMIN).call("GET", f"/people/{person.pid}/history").json["items"]
    assert "vouch" in [entry["action"] for entry in history]


def test_only_the_enrolment_that_shows_them(portal: Cloud, operator: Desk) -> None:
    person = register()
    with_papers(person.pid)
    mine, stranger = enrol(portal), enrol(portal)
    assert vouch(operator, person, digits=counter_digits(portal, mine)).status == 200
    assert make_account(portal, stranger, backed=False).code == "not-backed"
    assert make_account(portal, mine, backed=False).status == 201


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({}, ("digits", "missing")),
        ({"digits": "000000x"}, ("digits", "wrong-digits")),
        ({"seen": "KENAL", "digits": "123456"}, ("seen", "not-seen")),
    ],
)
def test_without_an_account_it_takes_ktp_and_digits(
    operator: Desk, sent: dict[str, str], fault: tuple[str, str]
) -> None:
    answer = vouch(operator, register(), **sent)
    assert (answer.status, [(one["field"], one["code"]) for one in answer.json["fields"]]) == (422, [fault])


def test_digits_are_not_to_be_guessed(operator: Desk) -> None:
    person = register()
    answers = [vouch(operator, person, digits=f"{number:06d}").code for number in range(11)]
    assert answers == ["invalid-fields"] * 10 + ["throttled"]


@pytest.mark.parametrize("seen", ["KTP", "KENAL"])
def test_an_account_has_its_assurance_from_then_on(portal: Cloud, operator: Desk, seen: str) -> None:
    person = with_account(portal)
    answer = vouch(operator, person, seen)
    assert answer.json == {"v": person.v + 1, "assurance": "PETUGAS"}
    after = person_store.load(person.pid)
    assert (after.assurance, after.helped_by) == (Assurance.PETUGAS, (operator.actor.id,))
    assert vouch(operator, after, seen).code == "conflict"
    assert operator.detail(person.pid)["assurance"] == "PETUGAS"


def test_who_ticked_may_not_decide_on_him(portal: Cloud) -> None:
    person, admin = with_account(portal), desk(portal, Role.ADMIN)
    v = vouch(admin, person).json["v"]
    assert admin.detail(person.pid)["entered_by_me"] is True
    assert admin.decide(person.pid, v, "MEMENUHI_SYARAT").code == "entered-by-you"
    assert desk(portal, Role.VERIFIKATOR).decide(person.pid, v, "MEMENUHI_SYARAT").status == 200


def test_knowing_him_is_not_enough_without_accepted_ktp_and_photo(portal: Cloud, operator: Desk) -> None:
    person = put_in(register(), PersonState.AKUN_DIBUAT, account=True)
    answer = vouch(operator, person, "KENAL")
    assert (answer.code, [one["code"] for one in answer.json["missing"]]) == ("incomplete", ["KTP", "FOTO"])
    assert vouch(operator, person).status == 200


def test_nobody_vouches_for_himself_nor_for_another_unit_or_on_an_old_version(portal: Cloud, operator: Desk) -> None:
    person = with_account(portal)
    assert vouch(desk(portal, Role.ADMIN, own=person.pid), person).code == "own-record"
    assert vouch(desk(portal, Role.OPERATOR, units=["Unit Lain"], number=2), person).code == "not-found"
    assert vouch(desk(portal, Role.OPERATOR, "9902"), person).code == "not-found"
    assert vouch(operator, put_in(person, PersonState.KONFLIK)).code == "illegal-transition"
    person = put_in(person, PersonState.AKUN_DIBUAT)
    assert operator.call("POST", f"/people/{person.pid}/identity", {"v": 0, "seen": "KTP"}).code == "version-moved"


def test_as_long_as_records_are_corrected(portal: Cloud, operator: Desk) -> None:
    person = with_account(portal)
    path, tick = f"/people/{person.pid}/identity", {"v": person.v, "seen": "KTP"}
    assert operator.call("POST", path, tick, received=TOO_LATE).code == "window-closed"
    assert operator.call("POST", path, tick, received=LAST_MOMENT).status == 200


def inactive_beside_a_verdict(portal: Cloud) -> Person:
    """Somebody without assurance who said, after his verdict, that he works there no more."""
    person = with_account(portal)
    path = "/registration/me/active-confirmation"
    said = portal.call(app, "POST", path, {"v": person.v, "active": True}, token=token_of(portal, person))
    assert desk(portal, Role.VERIFIKATOR).decide(person.pid, said.json["v"], "MEMENUHI_SYARAT").status == 200
    v = person_store.load(person.pid).v
    said = portal.call(app, "POST", path, {"v": v, "active": False}, token=token_of(portal, person))
    assert said.status == 200, said.text
    beside = person_store.load(person.pid)
    assert beside.state is PersonState.MEMENUHI_SYARAT
    assert "active" in beside.marks
    return beside


def test_what_stood_beside_the_verdict_counts_from_then_on(portal: Cloud, operator: Desk) -> None:
    beside = inactive_beside_a_verdict(portal)
    assert vouch(operator, beside).status == 200
    after = person_store.load(beside.pid)
    assert (after.state, after.marks) == (PersonState.AKUN_DIBUAT, {})


def test_a_verdict_stands_where_no_input_of_a_criterion_is_another_one(portal: Cloud, operator: Desk) -> None:
    person = with_account(portal)
    assert desk(portal, Role.VERIFIKATOR).decide(person.pid, person.v, "MEMENUHI_SYARAT").status == 200
    assert vouch(operator, person_store.load(person.pid)).status == 200
    assert person_store.load(person.pid).state is PersonState.MEMENUHI_SYARAT


# A sheet that was printed before the account, or is typed later.


def type_sheet(cloud: Cloud, person: Person, code: str, **call: Any) -> Answer:
    """Type the code of a sheet when signed in."""
    body = {"v": person.v, "code": code}
    return cloud.call(app, "POST", "/registration/me/sheet", body, token=token_of(cloud, person), **call)


def account_beside_a_sheet(portal: Cloud, operator: Desk) -> tuple[Person, str]:
    """Somebody for whom a sheet was printed and who made his account with a code to his e-mail address."""
    person = register()
    (code,) = codes(pdf(printed(operator)))
    with_papers(person.pid)
    assert make_account(portal, enrol(portal)).status == 201
    return person_store.load(person.pid), code


def test_a_later_sheet_gives_the_account_its_assurance_once(portal: Cloud, operator: Desk) -> None:
    person, code = account_beside_a_sheet(portal, operator)
    assert person.assurance is Assurance.BELUM_DIPASTIKAN
    assert type_sheet(portal, person, "00000-00000").code == "invalid-fields"
    answer = type_sheet(portal, person, f"{code[:5].lower()}-{code[5:]}")
    assert answer.json == {"v": person.v + 1, "assurance": "LEMBAR"}
    after, sheet = person_store.load(person.pid), sheet_store.load(person.pid)
    assert after.assurance is Assurance.LEMBAR
    assert sheet is not None
    assert sheet.used_at is not None
    assert type_sheet(portal, after, code).code == "conflict"
    shown = operator.detail(person.pid)["sheet"]
    assert (shown["state"], shown["printed_by"]["name"]) == ("DIPAKAI", "Petugas operator 1")


def test_a_sheet_that_was_voided_or_is_anothers_opens_nothing(portal: Cloud, operator: Desk) -> None:
    person, other = register(), register(nik="9901014101900012")
    old = dict(zip([person.pid, other.pid], codes(pdf(printed(operator))), strict=True))
    (new,) = codes(pdf(printed(operator, person=person.pid)))
    with_papers(person.pid)
    assert make_account(portal, enrol(portal)).status == 201
    owner = person_store.load(person.pid)
    for code in (*old.values(), ROW["nik"]):
        assert type_sheet(portal, owner, code).code == "invalid-fields"
    assert type_sheet(portal, owner, new, received=TOO_LATE).code == "window-closed"
    assert type_sheet(portal, owner, new, received=LAST_MOMENT).status == 200
