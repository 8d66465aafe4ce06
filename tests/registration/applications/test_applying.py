"""Applying for an institution's first admin without an account, following it, taking it back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.documents.tickets import read_ticket
from services.kernel.notices.catalogue import Recipient, RecipientKind
from services.kernel.security.sessions import Role
from services.registration.applications.number_and_code import LOOKS
from services.registration.applications.submit_application import MOST_OPEN
from services.registration.notices.find_contact import find_contact
from services.registration.settings import files_key
from tests.registration.applications.applying import EMAIL, NAME, NIP, applied, apply, at
from tests.registration.listed import IN_TIME, portal
from tests.registration.staff import staff_account
from tests.support.aws import Cloud

__all__ = ["portal"]


def test_an_application_is_taken_in_and_followed(portal: Cloud) -> None:
    one = applied(portal)
    ticket = read_ticket(files_key(), one.shown["ticket"], clock.now())
    assert ticket is not None
    assert (ticket.subject, ticket.institution, [kind.value for kind in ticket.kinds]) == (
        one.subject,
        "9901",
        ["SURAT"],
    )
    assert read_ticket(files_key(), one.shown["ticket"], clock.now() + timedelta(minutes=15)) is None
    looked = one.follow(number=one.number.lower(), code=one.shown["code"].replace("-", " ").lower())
    assert (looked.status, looked.json["state"], looked.json["letter"]) == (200, "DIAJUKAN", None)
    assert looked.json["next"].startswith("Unggah surat penunjukan")
    assert not [personal for personal in (NIP, NAME, EMAIL) if personal in looked.text]
    one.letter()
    assert one.follow().json["next"].startswith("BKN memeriksa surat")


def test_nothing_personal_stands_in_the_clear(portal: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    one = applied(portal)
    assert one.decide(approved=False, reason="surat tidak terbaca").status == 200
    stored = repr(portal.items("RegTable")) + repr(portal.items("RegTtlTable")) + repr(portal.items("AuditTable"))
    lines = capsys.readouterr().out
    written = stored + lines + repr(portal.records("RegTable"))
    secrets = (NIP, NAME, EMAIL, one.shown["code"], one.shown["code"].replace("-", ""), "surat tidak terbaca")
    assert not [secret for secret in secrets if secret in written]
    assert one.number not in lines


def test_a_retry_is_answered_the_same_number_and_code(portal: Cloud) -> None:
    key = {"idempotency-key": "the-same-key"}
    first, again = (apply(portal, headers=key).json for _ in range(2))
    assert (again["number"], again["code"]) == (first["number"], first["code"])
    assert len([item for item in portal.items("RegTable") if item["pk"].startswith("L#")]) == 1


def test_wrong_number_and_wrong_code_are_answered_alike(portal: Cloud) -> None:
    one, other = applied(portal), applied(portal, nip="190001011920021009")
    answers = [
        one.follow(code=other.shown["code"]),
        one.follow(number="P-0000-0000"),
        one.follow(number="nonsense"),
        one.follow("withdrawals", code="AAAA-BBBB-CCCC"),
    ]
    assert {(answer.status, answer.json["detail"]) for answer in answers} == {(404, answers[0].json["detail"])}
    assert one.follow().json["state"] == "DIAJUKAN"


@pytest.mark.usefixtures("portal")
def test_a_town_behind_one_address_is_not_turned_away() -> None:
    """A few people wait for their letters to be inspected, and their pages ask every few seconds."""
    assert not any(LOOKS.exceeded("192.0.2.9") for _ in range(250))


def test_applying_twice(portal: Cloud) -> None:
    applied(portal)
    assert apply(portal, email=EMAIL.upper()).code == "application-open"
    stranger = apply(portal, email="lain@contoh.id")
    assert stranger.status == 201, "who knows another's NIP does not learn that he applied"
    for n in range(MOST_OPEN - 2):
        applied(portal, email=f"lain{n}@contoh.id")
    assert apply(portal, email="satu-lagi@contoh.id").code == "throttled"
    assert apply(portal, nip="190001011920021009").status == 201


def test_where_an_admin_is_a_stranger_learns_nothing(portal: Cloud) -> None:
    before = applied(portal).follow().json
    staff_account("190001011920021009", Role.ADMIN, "9901", name="Admin Lama Contoh")
    one = applied(portal, email="lain@contoh.id")
    after = one.follow()
    his_own = dict.fromkeys(("number", "ticket", "at"))
    assert {**after.json, **his_own} == {**before, **his_own}
    seen = one.seen().json
    assert seen["admins"] == ["Admin Lama Contoh"]
    assert len(seen["others"]) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"institution": "9999"}, "institution"),
        ({"nip": "123"}, "nip"),
        ({"name": ""}, "name"),
        ({"email": "kepegawaian"}, "email"),
    ],
)
def test_bad_input_names_its_field(portal: Cloud, changed: dict[str, Any], field: str) -> None:
    answer = apply(portal, **changed)
    assert (answer.status, [one["field"] for one in answer.json["fields"]]) == (422, [field])
    assert not [item for item in portal.items("RegTable") if item["pk"].startswith("L")]


def test_no_captcha_no_application(portal: Cloud) -> None:
    assert apply(portal, captcha="x").code == "captcha-failed"


def test_taking_it_back_frees_the_way(portal: Cloud) -> None:
    one = applied(portal)
    assert one.follow("withdrawals").json["state"] == "DICABUT"
    assert one.follow("withdrawals").code == "illegal-transition"
    assert one.follow().json["ticket"] is None
    assert one.decide(approved=False, reason="x").code == "illegal-transition"
    assert apply(portal).status == 201


def test_a_decided_one_cannot_be_taken_back(portal: Cloud) -> None:
    one = applied(portal)
    one.decide(approved=False, reason="surat tidak terbaca")
    assert one.follow("withdrawals").code == "illegal-transition"
    assert one.follow().json["reason"] == "surat tidak terbaca"


def test_the_newest_accepted_letter_counts_whatever_comes_first(portal: Cloud) -> None:
    one = applied(portal)
    one.letter(1, refused="Berkas rusak.")
    file = f"{one.subject}.SURAT.1"
    assert one.follow().json["letter"] == {"file": file, "state": "DITOLAK", "message": "Berkas rusak."}
    assert one.follow().json["ticket"]
    one.letter(3)
    one.letter(2)
    one.letter(4, refused="Berkas rusak.")
    assert (one.seen().json["file"], one.seen().json["letter"]) == (f"{one.subject}.SURAT.3", "DITERIMA")
    assert one.follow().json["ticket"] is None
    one.letter(1, subject="LP00000000")
    v = one.seen().json["v"]
    one.letter(3)
    assert one.seen().json["v"] == v, "told twice, moved once"


def test_three_working_days_are_over_at_midnight(portal: Cloud) -> None:
    portal.at(IN_TIME)
    one = applied(portal)
    due = datetime.fromisoformat(one.seen().json["due_at"])
    assert due == datetime.fromisoformat("2022-09-07T00:00+07:00"), "Thursday the 1st, then Friday, Monday, Tuesday"
    waiting = at(one.bkn, "GET", "/applications-waiting").json
    assert waiting == {"waiting": 1, "overdue": 0, "more": False}
    portal.at(due)
    assert at(one.bkn, "GET", "/applications-waiting").json["overdue"] == 1
    (listed,) = at(one.bkn, "GET", "/applications").json["items"]
    assert (listed["number"], listed["overdue"]) == (one.number, True)


def test_the_mail_goes_where_he_said(portal: Cloud) -> None:
    one = applied(portal)
    contact = find_contact(Recipient(RecipientKind.APPLICATION, one.number))
    assert contact is not None
    assert contact.email == EMAIL
    notices = [item for item in portal.items("RegTable") if item["pk"].startswith("NOTICE#")]
    assert [(item["notice"], item["state"]) for item in notices] == [("application-received", "WAITING")], (
        "with mail down it waits, and the application is in"
    )
