from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType, FileState
from services.kernel.states import PersonState
from services.kernel.writes.calendar import DEFAULT_2022, Span, Window
from services.registration.adapters import account_store, person_store
from services.registration.app import app
from services.registration.dossiers.completeness import missing_proofs
from services.registration.eligibility.advice import Criterion
from services.registration.model.contact import PersonContact
from services.registration.model.dossier import Change
from services.registration.model.person import History, Person
from services.registration.model.person_row import PersonRow
from services.registration.settings import settings
from tests.registration.listed import (
    HISTORY,
    INSTITUTION,
    LAST_MOMENT,
    TOO_LATE,
    accept,
    complete,
    put_in,
    register,
    stand_complete,
    token_of,
    with_account,
)
from tests.support.aws import Answer, Cloud
from tests.support.gates import close_lanes, open_gate

OLDER = {"tanggal_mulai": "2019-01-02", "tanggal_akhir": "2020-12-31"}
LAST_YEAR = {"tanggal_mulai": "2021-01-01", "tanggal_akhir": "2021-12-31"}
KEY = {"Idempotency-Key": "submit-once"}


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody whose dossier is complete."""
    return stand_complete(portal)


def submit(cloud: Cloud, person: Person, *, v: int | None = None, statement: bool = True, **call: Any) -> Answer:
    body = {"v": person.v if v is None else v, "statement": statement}
    return cloud.call(app, "POST", "/registration/me/submission", body, token=token_of(cloud, person), **call)


def withdraw(cloud: Cloud, person: Person, v: int, **call: Any) -> Answer:
    return cloud.call(app, "POST", "/registration/me/withdrawal", {"v": v}, token=token_of(cloud, person), **call)


def lacking(cloud: Cloud, person: Person) -> list[tuple[str, str | None]]:
    answer = cloud.call(app, "GET", "/registration/me/resume", token=token_of(cloud, person))
    return [(one["code"], one["riwayat"]) for one in answer.json["missing"]]


def test_everything_missing_is_named(portal: Cloud) -> None:
    person = with_account(portal)
    history = {"v": person.v, **HISTORY}
    added = portal.call(app, "POST", "/registration/me/histories", history, token=token_of(portal, person)).json
    expected = [
        ("active", None),
        ("nomor_ijazah", None),
        ("tanggal_lulus", None),
        ("sekolah", None),
        ("IJAZAH", None),
        ("SK", "pertama"),
        ("BUKTI_BAYAR", "pertama"),
    ]
    assert lacking(portal, person) == expected
    answer = submit(portal, person, v=added["v"])
    assert (answer.status, answer.code) == (422, "incomplete")
    assert [(one["code"], one["riwayat"]) for one in answer.json["missing"]] == expected
    assert all(one["text"].endswith(".") for one in answer.json["missing"])
    assert person_store.load(person.pid).state is PersonState.AKUN_DIBUAT


def test_papers_are_asked_for_the_current_row_and_those_that_prove_a_year(portal: Cloud) -> None:
    """Older rows may stay *belum dibuktikan* (domain.md, section 3, step 4)."""
    person = put_in(
        register(tanggal_sk="2021-12-28", tanggal_mulai="2022-01-03"), PersonState.AKUN_DIBUAT, account=True
    )
    older, year = (History(f"0000000{n}", {**HISTORY, **dates}) for n, dates in enumerate((OLDER, LAST_YEAR)))
    dynamodb.transact([person_store.put_history(person, row) for row in (older, year)])
    assert proofs_lacking(person) == ["SK pertama", "BUKTI_BAYAR pertama", f"SK {year.id}", f"BUKTI_BAYAR {year.id}"]
    for jenis in (DocumentType.SK, DocumentType.BUKTI_BAYAR):
        accept(person.pid, jenis, "pertama")
        accept(person.pid, jenis, year.id, n=2)
    assert proofs_lacking(person) == []
    accept(person.pid, DocumentType.SK, year.id, n=2, state=FileState.DITOLAK, code="damaged")
    assert proofs_lacking(person) == [f"SK {year.id}"]
    for jenis in (DocumentType.SK, DocumentType.BUKTI_BAYAR):
        accept(person.pid, jenis, older.id, n=3)
    assert proofs_lacking(person) == [], "an older year proved is a year"


def proofs_lacking(person: Person) -> list[str]:
    found = missing_proofs(person_store.load_dossier(person.pid))
    return [f"{one.code} {one.riwayat}" for one in found]


@pytest.mark.parametrize("page", ["me", "me/resume"])
def test_files_accepted_meanwhile_are_in_the_advice_that_is_shown(portal: Cloud, page: str) -> None:
    """Nothing is written when a file is accepted, and yet the page must not say that it lacks."""
    person = with_account(portal)

    def said() -> str:
        shown = portal.call(app, "GET", f"/registration/{page}", token=token_of(portal, person)).json["advice"]
        return next(str(one["sentence"]) for one in shown["criteria"] if one["criterion"] == "MASA_KERJA")

    assert said().endswith("belum dibuktikan dengan SK dan bukti pembayaran.")
    accept(person.pid, DocumentType.SK, "pertama")
    assert said().endswith("belum dibuktikan dengan SK dan bukti pembayaran.")
    accept(person.pid, DocumentType.BUKTI_BAYAR, "pertama")
    assert said().endswith("sekurang-kurangnya 365 hari.")
    assert person_store.load(person.pid) == person


def test_a_thk2_also_shows_his_card(portal: Cloud) -> None:
    person = put_in(register(no_peserta_thk2="1234567890"), PersonState.AKUN_DIBUAT, account=True)
    account = {"pk": f"U#{account_store.account_id(person.row['nik'])}", "sk": "@"}
    contact = account_store.encrypt_contact(account["pk"][2:], PersonContact("+6281", "a@contoh.id"), person)
    staff_like: dict[str, Any] = {
        **account,
        "role": "honorer",
        "institution": None,
        "units": [],
        "pid": person.pid,
        "hash": "",
        "tv": 1,
        "state": "AKTIF",
        "v": 1,
        "salt": None,
        "private": contact,
    }
    dynamodb.transact([dynamodb.put(settings().table, staff_like)])
    assert ("KARTU_THK2", None) in lacking(portal, person)
    accept(person.pid, DocumentType.KARTU_THK2)
    assert ("KARTU_THK2", None) not in lacking(portal, person)


@pytest.mark.parametrize("substitute", [DocumentType.SK_LEGALISIR, DocumentType.SURAT_PERNYATAAN])
def test_a_substitute_for_a_lost_sk_is_enough(portal: Cloud, person: Person, substitute: DocumentType) -> None:
    accept(person.pid, DocumentType.SK, "pertama", state=FileState.DITOLAK, code="damaged")
    assert lacking(portal, person) == [("SK", "pertama")]
    accept(person.pid, substitute, "pertama")
    assert lacking(portal, person) == []


def test_who_is_no_longer_active_does_not_submit(portal: Cloud, person: Person) -> None:
    put_in(person, PersonState.AKUN_DIBUAT, active=False)
    assert [one["code"] for one in submit(portal, person).json["missing"]] == ["active"]


def test_the_statement_must_be_ticked(portal: Cloud, person: Person) -> None:
    answer = submit(portal, person, statement=False)
    assert (answer.status, [field["field"] for field in answer.json["fields"]]) == (422, ["statement"])
    assert person_store.load(person.pid) == person


def test_a_complete_dossier_is_submitted_and_judged(portal: Cloud, person: Person) -> None:
    answer = submit(portal, person)
    assert (answer.status, answer.json) == (200, {"v": person.v + 1, "state": "DIAJUKAN"})
    after = person_store.load(person.pid)
    (service,) = [one for one in after.assessment.criteria if one.criterion is Criterion.MASA_KERJA]
    assert service.inputs["hari"] == service.inputs["hari_terbukti"]
    assert after.overall == "LOLOS"


def test_a_rule_that_fails_does_not_stop_anybody(portal: Cloud) -> None:
    """The engine advises; a human decides (domain.md, section 5)."""
    account = with_account(portal)
    row: PersonRow = {**account.row, "sumber_pembayaran": "AKUN_52"}
    moved, stored = person_store.prepare(
        Change(account, replace(account, private=replace(account.private, row=row)), "correct", {}),
        actor="operator",
        received=LAST_MOMENT,
    )
    dynamodb.transact(moved.operations)
    person = complete(portal, stored)
    assert person.overall == "TIDAK"
    assert submit(portal, person).json["state"] == "DIAJUKAN"


def test_the_instant_of_receipt_decides(portal: Cloud, person: Person) -> None:
    late = submit(portal, person, received=TOO_LATE)
    assert (late.status, late.code, late.json["zone"]) == (410, "window-closed", "WIB")
    assert datetime.fromisoformat(late.json["closed_at"]) == TOO_LATE
    assert submit(portal, person, received=LAST_MOMENT).status == 200


def test_the_retry_of_an_accepted_submission_succeeds_after_the_deadline(portal: Cloud, person: Person) -> None:
    first = submit(portal, person, received=LAST_MOMENT, headers=KEY)
    close_lanes(INSTITUTION)
    again = submit(portal, person, received=TOO_LATE, headers=KEY)
    assert (again.status, again.json) == (200, first.json)
    other = submit(portal, person, received=TOO_LATE, headers={"Idempotency-Key": "another-try"})
    assert other.code == "window-closed"


def test_a_request_received_in_time_commits_although_the_clock_went_on(portal: Cloud, person: Person) -> None:
    portal.at(LAST_MOMENT)
    token = token_of(portal, person)
    portal.at(TOO_LATE)
    body = {"v": person.v, "statement": True}
    answer = portal.call(app, "POST", "/registration/me/submission", body, token=token, received=LAST_MOMENT)
    assert answer.status == 200


def test_a_closed_lane_refuses_whatever_was_received(portal: Cloud, person: Person) -> None:
    close_lanes(INSTITUTION)
    assert submit(portal, person, received=LAST_MOMENT).code == "window-closed"
    assert person_store.load(person.pid) == person


def test_an_extension_of_one_institution_lets_him_in(portal: Cloud, person: Person) -> None:
    assert submit(portal, person, received=TOO_LATE).code == "window-closed"
    longer = Span(DEFAULT_2022[Window.DOSSIER].opens, datetime.fromisoformat("2022-10-25T17:00:00+07:00"))
    open_gate(INSTITUTION, epoch=2, windows={**DEFAULT_2022, Window.DOSSIER: longer})
    assert submit(portal, person, received=TOO_LATE).status == 200


def test_a_short_idempotency_key_is_refused(portal: Cloud, person: Person) -> None:
    answer = submit(portal, person, headers={"Idempotency-Key": "x"})
    assert [field["field"] for field in answer.json["fields"]] == ["Idempotency-Key"]


def test_a_submission_is_withdrawn_corrected_and_submitted_again(portal: Cloud, person: Person) -> None:
    v = submit(portal, person).json["v"]
    assert submit(portal, person, v=v).code == "illegal-transition"
    back = withdraw(portal, person, v)
    assert back.json == {"v": v + 1, "state": "AKUN_DIBUAT"}
    assert withdraw(portal, person, v + 1).code == "illegal-transition"
    again = submit(portal, person, v=v + 1)
    assert again.json == {"v": v + 2, "state": "DIAJUKAN"}
    assert withdraw(portal, person, v + 2, received=TOO_LATE).code == "window-closed"
    assert withdraw(portal, person, v).code == "version-moved"


@pytest.mark.parametrize("verdict", [PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT])
def test_who_was_decided_on_hears_that_there_is_nothing_to_submit(
    portal: Cloud, person: Person, verdict: PersonState
) -> None:
    answer = submit(portal, put_in(person, verdict, before="TERDAFTAR"))
    assert (answer.status, answer.code) == (409, "illegal-transition")
    assert "tidak ada yang perlu diajukan" in answer.json["detail"]
    assert lacking(portal, person) == []


def test_who_may_submit_depends_on_the_state(portal: Cloud, person: Person) -> None:
    seen = {}
    for state in PersonState:
        answer = submit(portal, put_in(person, state))
        seen[state] = answer.json.get("state") or answer.code
    may = {PersonState.AKUN_DIBUAT, PersonState.DIKEMBALIKAN}
    assert seen == {state: "DIAJUKAN" if state in may else "illegal-transition" for state in PersonState}
