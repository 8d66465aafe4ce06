"""What registration knows of cases, and who is told of them: the listed person, and who has to answer."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.kernel.cases import CaseKind, CaseLevel, CaseState
from services.kernel.events.facts import CaseMoved
from services.kernel.security.sessions import Role
from services.kernel.states import Assurance
from services.registration.adapters import case_store, person_store
from services.registration.app import relay
from services.registration.facts.project_case import project_case
from services.registration.reminders.remind_of_cases import remind_of_cases
from tests.registration.cases.handed import CASE
from tests.registration.listed import INSTITUTION, put_in, register, stand_with_account
from tests.registration.nik_corrections.correcting import RIGHT, listed, office
from tests.registration.staff import at, desk
from tests.support.aws import Cloud

DUE = at("2022-09-08T00:00:00+07:00")


def moved(pid: str | None = None, v: int = 1, **changed: Any) -> CaseMoved:
    said: dict[str, Any] = {
        "institution": INSTITUTION,
        "v": v,
        "case": CASE,
        "kind": CaseKind.TANGGAPAN,
        "state": CaseState.BARU,
        "level": CaseLevel.INSTANSI,
        "pid": pid,
        "due_at": DUE,
        **changed,
    }
    return CaseMoved(**said)


def told(cloud: Cloud) -> list[tuple[str, str]]:
    """Kind and kind of recipient of the notices that were put by."""
    notices = [item for item in cloud.items("RegTable") if item["pk"].startswith("NOTICE#")]
    return sorted((item["notice"], str(item["sk"]).partition("#")[0]) for item in notices)


def heard(cloud: Cloud) -> list[dict[str, Any]]:
    relay({"Records": cloud.changes("RegTable")}, None)
    return [fact["detail"] for fact in cloud.facts() if fact["detail-type"] == "case.heard"]


def test_the_latest_state_is_kept_whatever_the_order(portal: Cloud) -> None:
    person = register()
    for v in (1, 3, 2, 3):
        state = {1: CaseState.BARU, 2: CaseState.DITANGANI, 3: CaseState.DITOLAK}[v]
        project_case(moved(person.pid, v, state=state))
    (known,) = person_store.load_dossier(person.pid).cases
    assert (known.number, known.v, known.state, known.is_open) == (CASE, 3, CaseState.DITOLAK, False)
    assert case_store.list_open(INSTITUTION, 10**15, 10) == []


def test_whom_a_tanggapan_is_about_is_told_once_and_counts_as_heard(portal: Cloud) -> None:
    person = stand_with_account(portal)
    put_in(person, person.state, assurance=Assurance.PETUGAS.value)
    heard(portal)
    for v in (1, 2):
        project_case(moved(person.pid, v))
    (fact,) = heard(portal)
    assert (fact["case"], fact["pid"]) == (CASE, person.pid)
    assert told(portal) == [("tanggapan-filed", "person")]


@pytest.mark.parametrize("changed", [{"kind": CaseKind.KEBERATAN}, {"state": CaseState.DICABUT}, {}])
def test_nobody_is_told_of_another_kind_of_a_closed_one_or_without_assurance(
    portal: Cloud, changed: dict[str, Any]
) -> None:
    person = stand_with_account(portal)
    if changed:
        put_in(person, person.state, assurance=Assurance.PETUGAS.value)
    project_case(moved(person.pid, **changed))
    assert (heard(portal), told(portal)) == ([], [])


def test_who_has_no_account_is_told_by_a_paper_and_his_record_says_that_it_waits(portal: Cloud) -> None:
    person, operator = register(), desk(portal, Role.OPERATOR)
    project_case(moved(person.pid))
    assert (heard(portal), told(portal)) == ([], [])
    assert [each["untold"] for each in operator.detail(person.pid)["cases"]] == [True]
    project_case(moved(person.pid, v=2, heard=True))
    assert [each["untold"] for each in operator.detail(person.pid)["cases"]] == [False]


def test_a_case_follows_its_person_to_his_right_nik(portal: Cloud) -> None:
    desks = office(portal)
    before, person = listed(), None
    project_case(moved(before.pid))
    person = desks.correct(before, RIGHT)
    assert [case.number for case in person_store.load_dossier(person.pid).cases] == [CASE]
    desks.tell()
    project_case(moved(before.pid, 2, state=CaseState.DITANGANI))
    (known,) = person_store.load_dossier(person.pid).cases
    assert (known.state, known.pid) == (CaseState.DITANGANI, person.pid)


@pytest.mark.parametrize(
    ("level", "now", "expected"),
    [
        (CaseLevel.INSTANSI, DUE - timedelta(days=1, milliseconds=1), []),
        (CaseLevel.INSTANSI, DUE - timedelta(hours=23), ["case-due-staff"]),
        (CaseLevel.BKN, DUE + timedelta(hours=1), ["case-overdue-staff"]),
    ],
)
def test_who_answers_is_reminded_once_a_day(
    portal: Cloud, level: CaseLevel, now: datetime, expected: list[str]
) -> None:
    for role in (Role.ADMIN, Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK, Role.PPK):
        desk(portal, role)
    project_case(moved(None, 1, kind=CaseKind.USULAN))
    project_case(moved(None, 2, kind=CaseKind.USULAN, level=level))
    project_case(moved(None, 1, case="L98765432", kind=CaseKind.BANTUAN, level=CaseLevel.BKN))
    for _ in range(2):
        remind_of_cases(now.date(), INSTITUTION, now)
    assert told(portal) == [(kind, "staff") for kind in expected for _ in ("admin", "operator")]


def test_who_was_told_by_a_paper_is_told_by_nobody_else(portal: Cloud) -> None:
    person = stand_with_account(portal)
    put_in(person, person.state, assurance=Assurance.PETUGAS.value)
    heard(portal)
    project_case(moved(person.pid, heard=True))
    assert told(portal) == []
    assert [fact["pid"] for fact in heard(portal)] == [person.pid]
    assert case_store.untold_of(person_store.load_dossier(person.pid).cases) == frozenset()
    project_case(moved(person.pid, v=2))
    assert (told(portal), heard(portal)) == ([], [])
