"""Who was promised a place in time and submits in time is in, however late the inspection is (domain.md, section 4)."""

from typing import Any

import pytest

from services.kernel import clock
from services.kernel.documents import DocumentType, FileState, file_id
from services.kernel.documents.receipts import Receipt, sign_receipt
from services.kernel.events.facts import FileAccepted, FileRejected
from services.kernel.security.sessions import ENROLMENT_COOKIE, Audience, read
from services.kernel.states import PersonState
from services.registration.adapters import person_store
from services.registration.app import app, on_fact
from services.registration.model.person import Person
from tests.registration.listed import (
    IN_TIME,
    INSTITUTION,
    LAST_MOMENT,
    PASSWORD,
    TOO_LATE,
    back,
    enrol,
    register,
    solved,
    stand_complete,
    token_of,
)
from tests.registration.staff import desk
from tests.support.aws import FILES_KEY, Answer, Cloud, envelope, queued
from tests.support.gates import close_lanes

IJAZAH, SK, KTP, FOTO = DocumentType.IJAZAH, DocumentType.SK, DocumentType.KTP, DocumentType.FOTO
OTHERS = "9" * 20


def receipt(pid: str, jenis: DocumentType, n: int = 1, key: bytes = FILES_KEY, **changed: Any) -> str:
    """What documents gave to whoever was promised a place."""
    values = {"file": file_id(pid, jenis, n), "riwayat": None, "enrolment": None, "received": clock.millis(IN_TIME)}
    return sign_receipt(key, Receipt.model_validate({**values, **changed}))


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody whose dossier is complete but for the certificate."""
    made = stand_complete(portal)
    told(made.pid, IJAZAH, v=9, ok=False)
    return made


def told(pid: str, jenis: DocumentType, *, v: int, n: int = 1, ok: bool = True, enrolment: str | None = None) -> None:
    """Documents says what became of a file."""
    about = {"institution": INSTITUTION, "v": v, "file": file_id(pid, jenis, n), "subject": pid, "jenis": jenis}
    about |= {"riwayat": None, "enrolment": enrolment}
    kept = {"key": f"{jenis.lower()}/{n}", "sha256": "0" * 64, "size": 1, "uploaded_by": pid}
    refused = {"code": "damaged", "message": "Berkas rusak."}
    fact = FileAccepted.model_validate(about | kept) if ok else FileRejected.model_validate(about | refused)
    assert on_fact(queued([envelope(fact)]), None) == {"batchItemFailures": []}


def submit(cloud: Cloud, person: Person, *receipts: str, **call: Any) -> Answer:
    body = {"v": person_store.load(person.pid).v, "statement": True, "receipts": receipts}
    return cloud.call(app, "POST", "/registration/me/submission", body, token=token_of(cloud, person), **call)


def shown(cloud: Cloud, person: Person, jenis: DocumentType) -> list[tuple[str, bool]]:
    """The files of a kind on his page: the state, and whether it is said since when it has been on its way."""
    files = cloud.call(app, "GET", "/registration/me", token=token_of(cloud, person)).json["files"]
    return [(one["state"], one["promised_at"] is not None) for one in files if one["jenis"] == jenis]


def test_a_receipt_lets_in_what_is_not_inspected_yet(portal: Cloud, person: Person) -> None:
    assert submit(portal, person).code == "incomplete"
    answer = submit(portal, person, receipt(person.pid, IJAZAH, 2), received=LAST_MOMENT)
    assert (answer.status, person_store.load(person.pid).state) == (200, PersonState.DIAJUKAN)
    assert shown(portal, person, IJAZAH)[-1] == ("DIPERIKSA", True)


@pytest.mark.parametrize("ok", [True, False])
def test_what_comes_of_it_after_the_deadline_changes_no_state(portal: Cloud, person: Person, ok: bool) -> None:
    assert submit(portal, person, receipt(person.pid, IJAZAH, 2), received=LAST_MOMENT).status == 200
    portal.at(TOO_LATE)
    close_lanes(INSTITUTION)
    told(person.pid, IJAZAH, v=2, n=2, ok=ok)
    assert person_store.load(person.pid).state is PersonState.DIAJUKAN
    assert shown(portal, person, IJAZAH)[-1] == ("DITERIMA" if ok else "DITOLAK", False)


def test_a_receipt_of_another_moment_person_or_hand_lets_nobody_in(portal: Cloud, person: Person) -> None:
    useless = [
        receipt(person.pid, IJAZAH, 1),  # refused already
        receipt(person.pid, IJAZAH, 2, key=FILES_KEY[::-1]),
        receipt(OTHERS, IJAZAH, 2),
        receipt(person.pid, IJAZAH, 2, enrolment="of-somebody-else"),
        receipt(person.pid, SK, 2, riwayat="pertama"),
        "kuitansi",
    ]
    assert submit(portal, person, *useless).code == "incomplete"
    late = submit(portal, person, receipt(person.pid, IJAZAH, 2), received=TOO_LATE)
    assert (late.status, late.code) == (410, "window-closed")


def test_receipts_are_bounded(portal: Cloud, person: Person) -> None:
    many = [receipt(person.pid, IJAZAH, n) for n in range(2, 63)]
    assert submit(portal, person, *many).code == "invalid-fields"
    assert submit(portal, person, *many[:-1]).status == 200
    assert submit(portal, person, "x" * 1001).code == "invalid-fields"


def test_a_file_on_its_way_proves_nothing_to_who_decides(portal: Cloud, person: Person) -> None:
    submit(portal, person, receipt(person.pid, KTP, 5))
    detail = desk(portal, "verifikator").detail(person.pid)
    assert "IJAZAH" not in [one["jenis"] for one in detail["files"] if one["state"] == "DITERIMA"]


def test_an_account_is_made_with_both_on_their_way(portal: Cloud) -> None:
    person, browser = register(), enrol(portal)
    enrolment = read(browser[ENROLMENT_COOKIE], Audience.ENROLMENT).enrolment
    body = {"password": PASSWORD, "captcha": solved()}
    without = portal.call(app, "POST", "/registration/accounts", body, cookies=browser)
    assert without.code == "incomplete"
    back(portal, browser)
    shows = [receipt(person.pid, jenis, enrolment=enrolment) for jenis in (KTP, FOTO)]
    both = {"password": PASSWORD, "captcha": solved(), "receipts": shows}
    assert portal.call(app, "POST", "/registration/accounts", both, cookies=browser).status == 201
    told(person.pid, KTP, v=2, enrolment=enrolment)
    assert (shown(portal, person, KTP), shown(portal, person, FOTO)) == ([("DITERIMA", False)], [("DIPERIKSA", True)])


def test_a_place_promised_under_another_enrolment_makes_no_account(portal: Cloud) -> None:
    person, browser = register(), enrol(portal)
    shows = [receipt(person.pid, jenis, enrolment="0" * 32) for jenis in (KTP, FOTO)]
    body = {"password": PASSWORD, "captcha": solved(), "receipts": shows}
    assert portal.call(app, "POST", "/registration/accounts", body, cookies=browser).code == "incomplete"


def test_the_newest_state_counts_in_whatever_order_it_comes(portal: Cloud, person: Person) -> None:
    told(person.pid, IJAZAH, v=2, n=2)
    assert submit(portal, person, receipt(person.pid, IJAZAH, 2)).status == 200
    assert shown(portal, person, IJAZAH) == [(FileState.DITERIMA.value, False)]
