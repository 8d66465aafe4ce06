"""What of a verdict stands where some of its inputs changed, and that its author takes it back within ten minutes."""

from datetime import timedelta
from typing import Any

import pytest

from services.kernel.documents import DocumentType
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.registration.adapters import person_store
from services.registration.model.search_row import Flag
from services.registration.search.summarise_person import summarise_person
from tests.registration.facts.test_take_fact import accepted, tell
from tests.registration.listed import IN_TIME
from tests.registration.staff import Desk, at, desk, row
from tests.support.aws import Cloud
from tools.sample.verdicts import CRITERIA, verdicts

MINUTE = timedelta(minutes=1)


@pytest.fixture
def decided(operator: Desk, verifier: Desk) -> str:
    """Somebody of whom every criterion is met; returns his id."""
    pid: str = operator.enter(row(1), received=IN_TIME).json["id"]
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT", "Dilihat.", received=IN_TIME).status == 200
    return pid


def correct(desk: Desk, pid: str, v: int, **changes: Any) -> None:
    answer = desk.call(
        "POST", f"/people/{pid}/corrections", {"v": v, "reason": "SK asli lain", **changes}, received=IN_TIME
    )
    assert answer.status == 200, answer.text


def standing(desk: Desk, pid: str) -> set[str]:
    return {one["criterion"] for one in desk.detail(pid)["deciding"]["standing"]}


def test_what_no_criterion_looks_at_voids_nothing(operator: Desk, decided: str) -> None:
    correct(operator, decided, 2, sekolah="Universitas Contoh Lain")
    assert person_store.load(decided).is_decided


def test_a_changed_start_voids_the_years_alone(operator: Desk, verifier: Desk, decided: str) -> None:
    correct(operator, decided, 2, tanggal_mulai="2017-02-01")
    person = person_store.load(decided)
    assert (person.state, person.waits_again) == (PersonState.TERDAFTAR, True)
    assert standing(verifier, decided) == {*CRITERIA} - {"MASA_KERJA"}
    dossier = person_store.load_dossier(decided)
    row_ = summarise_person(dossier)
    assert (Flag.DIBATALKAN in row_.flags, row_.since, row_.judged) == (True, "20220901", ())
    rest = [one for one in verdicts("MEMENUHI_SYARAT", "Dilihat lagi.") if one["criterion"] == "MASA_KERJA"]
    assert verifier.judge(decided, 3, [], received=IN_TIME).json["fields"][0]["field"] == "criteria.MASA_KERJA"
    assert verifier.judge(decided, 3, rest, received=IN_TIME).json["state"] == "MEMENUHI_SYARAT"
    noted = verifier.detail(decided)["decisions"][-1]
    told = {one["criterion"]: one["text"] for one in noted["criteria"]}
    assert told == {**dict.fromkeys(CRITERIA, "Dilihat."), "MASA_KERJA": "Dilihat lagi."}
    assert not person_store.load(decided).waits_again


def test_what_is_changed_while_the_rest_waits_is_void_too(operator: Desk, verifier: Desk, decided: str) -> None:
    correct(operator, decided, 2, tanggal_mulai="2017-02-01")
    correct(operator, decided, 3, sumber_pembayaran="BOS")
    assert standing(verifier, decided) == {*CRITERIA} - {"MASA_KERJA", "PEMBAYARAN"}


def test_a_new_verdict_goes_before_what_stands(operator: Desk, verifier: Desk, decided: str) -> None:
    correct(operator, decided, 2, tanggal_mulai="2017-02-01")
    given = [
        one for one in verdicts("TIDAK_MEMENUHI_SYARAT", "Ternyata.") if one["criterion"] in {"MASA_KERJA", "JABATAN"}
    ]
    assert verifier.judge(decided, 3, given, received=IN_TIME).json["state"] == "TIDAK_MEMENUHI_SYARAT"


@pytest.mark.parametrize(
    ("jenis", "void"),
    [
        (DocumentType.KTP, {"USIA"}),
        (DocumentType.SK, {"PEMBAYARAN", "PENGANGKATAN", "MASA_KERJA"}),
        (DocumentType.FOTO, None),
        (DocumentType.IJAZAH, None),
    ],
)
def test_a_file_of_staff_voids_what_rests_on_it(
    verifier: Desk, decided: str, jenis: DocumentType, void: set[str] | None
) -> None:
    assert tell(accepted(decided, jenis=jenis, riwayat="pertama" if jenis is DocumentType.SK else None)) == []
    assert person_store.load(decided).is_decided is (void is None)
    if void is not None:
        assert standing(verifier, decided) == {*CRITERIA} - void


def test_a_file_that_comes_while_the_rest_waits_voids_what_rests_on_it(
    operator: Desk, verifier: Desk, decided: str
) -> None:
    correct(operator, decided, 2, tanggal_mulai="2017-02-01")
    assert tell(accepted(decided, jenis=DocumentType.KTP)) == []
    assert standing(verifier, decided) == {*CRITERIA} - {"MASA_KERJA", "USIA"}


def test_after_a_return_nothing_stands(operator: Desk, verifier: Desk, decided: str) -> None:
    assert verifier.decide(decided, 2, "DIKEMBALIKAN", "SK buram", received=IN_TIME).status == 200
    assert standing(verifier, decided) == set()
    correct(operator, decided, 3, sumber_pembayaran="BOS")
    assert not person_store.load(decided).waits_again, "there is no verdict that could be void"


def withdraw(desk: Desk, pid: str, v: int, **more: Any) -> Any:
    return desk.call("POST", f"/people/{pid}/verdicts/withdrawal", {"v": v}, **more)


def test_a_verdict_is_taken_back_to_the_last_millisecond(verifier: Desk, decided: str) -> None:
    last = IN_TIME + 10 * MINUTE
    late = withdraw(verifier, decided, 2, received=last + timedelta(milliseconds=1))
    assert (late.status, late.code) == (410, "withdrawal-too-late")
    answer = withdraw(verifier, decided, 2, received=last)
    assert (answer.status, answer.json) == (200, {"v": 3, "state": "TERDAFTAR"})
    (noted,) = verifier.detail(decided)["decisions"]
    assert noted["withdrawn_at"] is not None
    assert standing(verifier, decided) == set()
    assert person_store.load(decided).waits_again
    again = withdraw(verifier, decided, 3, received=last)
    assert (again.status, again.code) == (409, "illegal-transition")


def test_nobody_takes_back_another_ones(portal: Cloud, decided: str) -> None:
    other = desk(portal, Role.VERIFIKATOR, number=5)
    answer = withdraw(other, decided, 2, received=IN_TIME)
    assert (answer.status, answer.code) == (403, "forbidden")
    assert other.detail(decided)["deciding"]["withdrawable_until"] is None


def test_a_return_is_not_taken_back(verifier: Desk, decided: str) -> None:
    verifier.decide(decided, 2, "DIKEMBALIKAN", "SK buram", received=IN_TIME)
    assert withdraw(verifier, decided, 3, received=IN_TIME).code == "illegal-transition"


def test_it_needs_the_window_of_verification(operator: Desk, verifier: Desk) -> None:
    closes = at("2022-10-31T17:00:00+07:00")
    pid = operator.enter(row(1), received=IN_TIME).json["id"]
    verifier.decide(pid, 1, "MEMENUHI_SYARAT", "Dilihat.", received=closes - MINUTE)
    assert withdraw(verifier, pid, 2, received=closes).code == "window-closed"
    assert withdraw(verifier, pid, 2, received=closes - timedelta(milliseconds=1)).status == 200
