"""Nobody works on the record of his own NIK (domain.md, section 2, *Own row*): every route that writes a person."""

from typing import Any

import pytest

from services.kernel.problems import STATUS, Code
from services.kernel.security import privacy
from services.kernel.security.sessions import SESSION_COOKIE, Role
from services.kernel.states import PersonState
from services.registration.adapters import person_store
from services.registration.app import app
from services.registration.settings import lookup_key
from tests.permissions.matrix import rules_of
from tests.registration.imports.importing import Importing, commit_all, csv_of, run
from tests.registration.listed import HISTORY, INSTITUTION, portal, put_in
from tests.registration.staff import Desk, desk, row, sign_in_staff, staff_account
from tests.support.aws import Answer, Cloud

__all__ = ["portal"]

HIS = row(1)
BODIES: dict[str, dict[str, Any]] = {
    "POST /people": HIS,
    "PATCH /people/{person}": {"v": 1, "sekolah": "SD Negeri Contoh"},
    "DELETE /people/{person}": {"v": 1, "reason": "salah ketik"},
    "POST /people/{person}/restoration": {"v": 1, "reason": "keliru"},
    "POST /people/{person}/nik": {},
    "POST /people/{person}/corrections": {"v": 1, "reason": "salah ketik", "nama": "Contoh Nama Lain"},
    "POST /people/{person}/histories": {"v": 1, **HISTORY},
    "PUT /people/{person}/histories/{identifier}": {"v": 1, "reason": "salah ketik", **HISTORY},
    "DELETE /people/{person}/histories/{identifier}": {"v": 1, "reason": "salah ketik"},
    "POST /people/{person}/nik-correction": {
        "v": 1,
        "nik": "9901014101900002",
        "nama": "Siti Contoh",
        "tanggal_lahir": "1990-01-01",
        "reason": "salah ketik",
    },
    "DELETE /people/{person}/nik-correction": {"v": 1, "reason": "salah ketik"},
    "POST /people/{person}/nik-correction/acceptance": {"v": 1, "on_ktp": "9901014101900002"},
    "POST /people/{person}/verdicts": {"v": 1, "criteria": []},
    "POST /people/{person}/verdicts/check": {"v": 1, "agrees": True},
    "POST /people/{person}/verdicts/withdrawal": {"v": 1},
    "POST /people/{person}/returns": {"v": 1, "reason": "SK buram", "mend": ["SK"]},
    "POST /people/{person}/annotations": {"case": "L-2345-6789"},
    "POST /people/{person}/case-decisions": {"handover": "x"},
    "POST /people/{person}/reclaim": {"agreed": True},
    "POST /people/{person}/sheet-requests": {},
    "POST /people/{person}/sheet-requests/decision": {"agreed": True},
    "POST /people/{person}/identity": {"v": 1, "seen": "KTP", "digits": "123456"},
    "POST /people/{person}/requests/{identifier}/decision": {"v": 1, "fields": []},
    "POST /people/{person}/statement/answer": {"v": 1, "reason": "Daftar hadir"},
    "POST /people/{person}/statement/confirmation": {"v": 1, "reason": "Surat berhenti"},
}
"""What is sent to every route of staff that writes a person, or shows his NIK."""
PREFIX = "/registration/institutions/{code}"
RULES = {f"{rule.method} {rule.below(PREFIX)}": rule for rule in rules_of(f"{PREFIX}/people") if rule.own == "403"}
CASES = [(route, role) for route, rule in RULES.items() for role in sorted(rule.roles - {Role.BKN})]
"""bkn signs in with a NIP only: no record is known to be his own."""


@pytest.fixture
def pid(portal: Cloud) -> str:
    """The row of whoever asks, a draft entered by somebody else."""
    return str(desk(portal, Role.OPERATOR, number=9).enter({**HIS, "nomor_sk": None}).json["id"])


def send(who: Desk, route: str, pid: str) -> Answer:
    method, _, path = route.partition(" ")
    return who.call(method, path.format(person=pid, identifier="pertama"), BODIES[route])


def test_every_route_that_writes_a_person_is_asked() -> None:
    assert set(BODIES) == set(RULES)


@pytest.mark.parametrize(("route", "role"), CASES)
def test_his_own_row_is_refused(portal: Cloud, pid: str, route: str, role: Role) -> None:
    for state in (PersonState.DRAF, PersonState.TERDAFTAR, PersonState.DIAJUKAN, PersonState.DIHAPUS):
        before = put_in(person_store.load(pid), state)
        answer = send(desk(portal, role, own=pid), route, pid)
        assert (answer.status, answer.code) == (STATUS[Code.OWN_RECORD], "own-record") == (403, "own-record")
        assert "milik Anda sendiri" in answer.json["detail"]
        assert person_store.load(pid) == before


@pytest.mark.parametrize(("route", "role"), CASES)
@pytest.mark.parametrize("own", [None, "aaaabbbbccccdddd"])
def test_the_row_of_another_is_not(portal: Cloud, pid: str, route: str, role: Role, own: str | None) -> None:
    assert send(desk(portal, role, own=own), route, pid).json.get("type") != "own-record"


def test_his_own_row_in_units_that_are_not_his_is_not_found(portal: Cloud, pid: str) -> None:
    elsewhere = desk(portal, Role.VERIFIKATOR, units=["Unit lain"], own=pid)
    assert elsewhere.decide(pid, 1, "MEMENUHI_SYARAT").code == "not-found"


@pytest.mark.parametrize("own", [True, False])
def test_he_reads_his_own_row_as_others_do_and_the_page_is_told(portal: Cloud, pid: str, own: bool) -> None:
    reader = desk(portal, Role.VERIFIKATOR, own=pid if own else None)
    assert (reader.detail(pid)["id"], reader.detail(pid)["own_record"]) == (pid, own)


def test_an_import_refuses_the_importers_own_row_and_stores_the_others(portal: Cloud) -> None:
    operator = desk(portal, Role.OPERATOR, own=_pid())
    importing = run(operator, [row(2), HIS, row(3)])
    assert importing.counts() == {"rows": 3, "done": 3, "accepted": 2, "rejected": 1}
    (refused,) = importing.answers("&outcome=DITOLAK")
    assert (refused["row"], refused["nomor_registrasi"]) == (3, None)
    assert [(one["column"], one["code"]) for one in refused["problems"]] == [("nik", "own-record")]
    assert person_store.find(_pid()) is None
    assert run(desk(portal, Role.OPERATOR, number=2), [HIS]).counts()["accepted"] == 1


@pytest.mark.parametrize(("login", "code"), [(HIS["nik"], "own-record"), ("190001011920021001", "conflict")])
def test_whoever_signs_in_with_his_nik_is_known_by_it(portal: Cloud, pid: str, login: str, code: str) -> None:
    """From the account to the refusal, through the session's own token; a NIP says nothing of whose row it is."""
    cookies = _signed_in(portal, login)
    answer = portal.call(app, "POST", f"/registration/institutions/{INSTITUTION}/people", HIS, cookies=cookies)
    assert answer.code == code
    assert person_store.load(pid).v == 1


def test_a_session_that_goes_on_knows_it_too(portal: Cloud, pid: str) -> None:
    started = _sign_in(portal, HIS["nik"])
    refresh = {name: value for name, value in started.cookies.items() if name != SESSION_COOKIE}
    again = portal.call(app, "POST", "/registration/sessions/refresh", cookies=refresh)
    cookies = {SESSION_COOKIE: again.cookies[SESSION_COOKIE]}
    path = f"/registration/institutions/{INSTITUTION}/people/{pid}"
    answer = portal.call(app, "DELETE", path, {"v": 1, "reason": "salah ketik"}, cookies=cookies)
    assert answer.code == "own-record"


def test_an_import_started_with_such_a_session_refuses_the_row(portal: Cloud) -> None:
    cookies = _signed_in(portal, HIS["nik"])
    path = f"/registration/institutions/{INSTITUTION}/imports"
    started = portal.call(app, "POST", path, {"filename": "orang.csv", "size": 1000}, cookies=cookies)
    importing = Importing(desk(portal, Role.ADMIN), started.json["id"])
    importing.upload(csv_of([HIS, row(2)]))
    importing.arrive()
    commit_all()
    assert importing.outcomes() == [(2, "DITOLAK"), (3, "DITERIMA")]


def _pid() -> str:
    return privacy.person_id(lookup_key(), INSTITUTION, HIS["nik"])


def _sign_in(cloud: Cloud, login: str) -> Answer:
    staff_account(login, Role.OPERATOR, INSTITUTION)
    return sign_in_staff(cloud, login)


def _signed_in(cloud: Cloud, login: str) -> dict[str, str]:
    return {SESSION_COOKIE: _sign_in(cloud, login).cookies[SESSION_COOKIE]}
