from collections import Counter
from datetime import timedelta

import pytest

from services.kernel.audit import chain as audit
from services.kernel.aws import clients, dynamodb
from services.kernel.aws.dynamodb import KeyPart
from services.kernel.documents import DocumentType, FileState
from services.kernel.security.sessions import ENROLMENT_COOKIE, Role
from services.kernel.states import PersonState
from services.registration.adapters import account_store, person_store
from services.registration.app import app
from services.registration.model.person import Person
from services.registration.model.person_states import Action
from services.registration.settings import settings
from tests.registration.listed import (
    CLAIM,
    IN_TIME,
    INSTITUTION,
    LAST_MOMENT,
    PASSWORD,
    ROW,
    TOO_LATE,
    accept,
    back,
    enrol,
    make_account,
    put_in,
    register,
    solved,
)
from tests.registration.staff import staff_account
from tests.support.aws import Cloud
from tests.support.gates import open_gate

KEY = {"Idempotency-Key": "0d6c6f2a-try"}


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody listed whose KTP and photo were accepted."""
    listed = register()
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(listed.pid, jenis)
    return listed


def counted() -> Counter[str]:
    """The counters of the institution's lanes, summed."""
    total: Counter[str] = Counter()
    for lane in ("0", "1"):
        item = dynamodb.get(settings().table, {"pk": f"C#{INSTITUTION}#{lane}", "sk": "@"}) or {}
        total.update({name: value for name, value in item.items() if isinstance(value, int)})
    return total


def test_the_account_is_made_with_record_counters_and_audit(portal: Cloud, person: Person) -> None:
    answer = make_account(portal, enrol(portal))
    assert (answer.status, answer.json) == (
        201,
        {"nomor_registrasi": person.registration_number, "nama": person.nama},
    )
    after = person_store.load(person.pid)
    assert (after.state, after.has_account, after.v) == (PersonState.AKUN_DIBUAT, True, 2)
    assert after.private.nomor_kk == CLAIM["nomor_kk"]
    account = account_store.load(account_store.account_id(ROW["nik"]))
    assert account is not None
    assert account_store.contact(account, after).shown() == {"hp": "+6281234567890", "email": "siti@contoh.id"}
    assert account.password_hash.startswith("$argon2id$")
    assert counted() == {"n": 1, "st_TERDAFTAR": 0, "st_AKUN_DIBUAT": 1, "w": 2}
    links = list(dynamodb.query_all(settings().audit_table, KeyPart("pk").eq(audit.person_chain(person.pid))))
    assert [link["action"] for link in links] == ["register", "make-account"]
    assert links[-1]["hash"] == after.head


def test_nothing_personal_stands_in_clear(portal: Cloud, person: Person) -> None:
    make_account(portal, enrol(portal))
    tables = (settings().table, settings().ttl_table, settings().audit_table)
    stored = "".join(str(clients.dynamodb().scan(TableName=table)["Items"]) for table in tables)
    for secret in (ROW["nik"], CLAIM["nomor_kk"], "81234567890", "siti@contoh.id", "1990-01-01", PASSWORD):
        assert secret not in stored


@pytest.mark.parametrize("state", [None, FileState.DITOLAK, FileState.DIGANTI])
def test_ktp_and_photo_must_be_accepted(portal: Cloud, state: FileState | None) -> None:
    person = register()
    cookies = enrol(portal)
    accept(person.pid, DocumentType.FOTO)
    if state is not None:
        accept(person.pid, DocumentType.KTP, state=state, code="too-large" if state is FileState.DITOLAK else None)
    answer = make_account(portal, cookies)
    assert (answer.status, answer.code) == (422, "incomplete")
    assert [one["code"] for one in answer.json["missing"]] == ["KTP"]
    assert ("ditolak" in answer.json["missing"][0]["text"]) == (state is FileState.DITOLAK)


def test_a_bad_password_is_refused_before_the_captcha_is_spent(portal: Cloud, person: Person) -> None:
    cookies, token = enrol(portal), solved()
    back(portal, cookies)
    for password, code in (("pendek", "password-short"), ("aku siti contoh lestari", "password-name")):
        body = {"password": password, "captcha": token}
        answer = portal.call(app, "POST", "/registration/accounts", body, cookies=cookies)
        assert [field["code"] for field in answer.json["fields"]] == [code]
        assert password not in answer.text
    body = {"password": PASSWORD, "captcha": token}
    assert portal.call(app, "POST", "/registration/accounts", body, cookies=cookies).status == 201


def test_a_captcha_is_needed(portal: Cloud, person: Person) -> None:
    body = {"password": PASSWORD, "captcha": "x"}
    cookies = enrol(portal)
    back(portal, cookies)
    answer = portal.call(app, "POST", "/registration/accounts", body, cookies=cookies)
    assert answer.code == "captcha-failed"


def test_an_enrolment_is_needed(portal: Cloud, person: Person) -> None:
    assert make_account(portal, {}).code == "unauthenticated"


def test_an_enrolment_whose_contact_is_gone_must_begin_again(portal: Cloud, person: Person) -> None:
    forged = {ENROLMENT_COOKIE: portal.token("honorer", INSTITUTION, sub=person.pid, aud="enrolment")}
    answer = make_account(portal, forged)
    assert answer.code == "unauthenticated"
    assert "Ulangi Pengecekan Identitas" in answer.json["detail"]


def test_the_window_decides_by_the_instant_of_receipt(portal: Cloud, person: Person) -> None:
    cookies = enrol(portal)
    late = make_account(portal, cookies, received=TOO_LATE)
    assert (late.status, late.code) == (410, "window-closed")
    assert person_store.load(person.pid) == person
    assert make_account(portal, cookies, received=LAST_MOMENT).status == 201


def test_the_retry_of_an_accepted_request_succeeds_after_the_deadline(portal: Cloud, person: Person) -> None:
    cookies = enrol(portal)
    first = make_account(portal, cookies, received=LAST_MOMENT, headers=KEY)
    again = make_account(portal, cookies, received=TOO_LATE, headers=KEY)
    assert (again.status, again.json) == (first.status, first.json) == (201, first.json)
    assert person_store.load(person.pid).v == 2


def test_a_second_account_is_refused(portal: Cloud, person: Person) -> None:
    cookies = enrol(portal)
    assert make_account(portal, cookies).status == 201
    again = make_account(portal, cookies)
    assert (again.status, again.code) == (409, "account-exists")


def test_whoever_is_staff_too_has_two_accounts_and_neither_tells_of_the_other(portal: Cloud, person: Person) -> None:
    staff_account(ROW["nik"], Role.OPERATOR, INSTITUTION)
    assert make_account(portal, enrol(portal)).status == 201
    assert person_store.load(person.pid).has_account


def test_the_card_can_be_fetched_while_the_enrolment_lives(portal: Cloud, person: Person) -> None:
    cookies = enrol(portal)
    before = portal.call(app, "GET", "/registration/enrolment/card", cookies=cookies)
    assert (before.status, before.code) == (404, "not-found")
    make_account(portal, cookies)
    assert portal.call(app, "GET", "/registration/enrolment/card", cookies=cookies).status == 303
    assert portal.call(app, "GET", "/registration/enrolment", cookies=cookies).json["has_account"] is True
    portal.at(IN_TIME + timedelta(hours=1, minutes=5))
    assert portal.call(app, "GET", "/registration/enrolment/card", cookies=cookies).status == 401


@pytest.mark.parametrize("verdict", [PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT])
def test_a_verdict_on_the_institutions_data_stands_when_the_person_comes(
    portal: Cloud, person: Person, verdict: PersonState
) -> None:
    """An account proves nothing yet (domain.md, section 3); if the verdict is voided later, the account stays made."""
    put_in(person, verdict, before=PersonState.TERDAFTAR.value)
    counters = counted()
    assert make_account(portal, enrol(portal)).status == 201
    after = person_store.load(person.pid)
    assert (after.state, after.has_account, after.marks) == (verdict, True, {})
    assert after.private.nomor_kk == CLAIM["nomor_kk"]
    assert counted() == counters + Counter(w=1)
    assert after.moved(Action.VOID_VERDICT, IN_TIME).state is PersonState.AKUN_DIBUAT


@pytest.mark.parametrize("state", [PersonState.DIKEMBALIKAN, PersonState.DIAJUKAN])
def test_who_was_handed_back_or_submitted_at_the_counter_stays_so(
    portal: Cloud, person: Person, state: PersonState
) -> None:
    put_in(person, state)
    assert make_account(portal, enrol(portal)).status == 201
    after = person_store.load(person.pid)
    assert (after.state, after.has_account) == (state, True)


def test_a_round_that_moved_meanwhile_carries_the_request_through(portal: Cloud, person: Person) -> None:
    cookies = enrol(portal)
    open_gate(INSTITUTION, epoch=2)
    assert make_account(portal, cookies).status == 201
