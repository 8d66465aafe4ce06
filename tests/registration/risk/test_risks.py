"""Risk flags: told of a record both ways, to those who decide or answer for it, and to nobody else anywhere."""

import ast
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.services import ROOT
from services.kernel.documents import DocumentType
from services.kernel.security.sessions import NATIONAL, Role
from services.kernel.states import PersonState
from services.registration.access.staff_roles import LIST_READERS, RECORD_READERS, RISK_READERS
from services.registration.adapters import person_store
from services.registration.api import api
from services.registration.app import app, relay
from services.registration.copies.own_data import own_data
from services.registration.model.person import Person
from services.registration.model.private import Private
from services.registration.model.risk import Risk
from services.registration.risk.find_risks import YOUNGEST, risks_of_row, was_decided_by_his_guest
from services.registration.risk.risk_view import _TEXTS
from services.registration.search.keep_counts import keep_counts
from services.registration.search.keep_search import check_search, keep_people
from tests.registration.facts.test_take_fact import accepted, tell
from tests.registration.listed import (
    IN_TIME,
    INSTITUTION,
    ROW,
    portal,
    register,
    token_of,
    with_account,
    with_decision,
)
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Cloud

__all__ = ["portal"]

ODD = {"tanggal_sk": "2018-01-03", "tanggal_mulai": "2018-01-02"}
"""An SK of the day after."""
READERS = sorted(RECORD_READERS - NATIONAL - {Role.OPERATOR})


@pytest.fixture
def verifier(portal: Cloud) -> Desk:
    return desk(portal, Role.VERIFIKATOR)


def codes(desk: Desk, pid: str) -> list[str] | None:
    found = desk.detail(pid)["risks"]
    return None if found is None else [one["code"] for one in found]


@pytest.mark.parametrize(
    ("changed", "flags"),
    [
        ({"tanggal_sk": "2018-01-02", "tanggal_mulai": "2018-01-02"}, []),
        (ODD, ["SK_SESUDAH_TMT"]),
        ({"tanggal_lahir": "2001-01-03", "tanggal_mulai": "2018-01-02"}, ["USIA_MULAI"]),
        ({"tanggal_lahir": "2001-01-02", "tanggal_mulai": "2018-01-02"}, []),
        ({"tanggal_lahir": "2001-01-03", **ODD}, ["SK_SESUDAH_TMT", "USIA_MULAI"]),
    ],
)
def test_what_a_record_tells_alone(verifier: Desk, changed: dict[str, str], flags: list[str]) -> None:
    person = register(**changed)
    assert codes(verifier, person.pid) == flags
    (line,) = verifier.call("GET", "/people").json["items"]
    assert line["risks"] == flags


@given(st.dates(date(1950, 1, 1), date(2010, 12, 31)), st.dates(date(1960, 1, 1), date(2021, 12, 31)))
def test_too_young_is_before_the_seventeenth_birthday(born: date, began: date) -> None:
    row: Any = {
        **ROW,
        "tanggal_sk": "1950-01-01",
        "tanggal_lahir": born.isoformat(),
        "tanggal_mulai": began.isoformat(),
    }
    birthday = (born.year + YOUNGEST, born.month, born.day)
    expected = {Risk.USIA_MULAI} if (began.year, began.month, began.day) < birthday else set()
    assert set(risks_of_row(Person(**{**BLANK, "private": Private(row=row)}))) == expected


BLANK: dict[str, Any] = {
    **dict.fromkeys(("pid", "institution", "head", "registration_number", "nama", "unit_kerja", "jabatan"), ""),
    "state": PersonState.TERDAFTAR,
    "before": None,
    "v": 1,
    "salt": b"",
    "kategori": "NON-ASN",
    "overall": "LOLOS",
    "entered_by": "operator",
}


def test_the_same_file_of_two_people_is_told_until_one_is_replaced(portal: Cloud, verifier: Desk) -> None:
    one, other = register(), register(nik="9901014101900002")
    for person in (one, other):
        assert tell(accepted(person.pid, jenis=DocumentType.KTP)) == []
    check_search(INSTITUTION)
    keep_counts(INSTITUTION)
    for person in (one, other):
        assert codes(verifier, person.pid) == ["BERKAS_SAMA"]
    (told,) = verifier.detail(one.pid)["risks"]
    assert "juga dikirim untuk 1 orang lain" in told["text"]
    assert {one["id"] for one in verifier.call("GET", "/people?risk=BERKAS_SAMA").json["items"]} == {one.pid, other.pid}
    tell(accepted(one.pid, 2, jenis=DocumentType.KTP).model_copy(update={"sha256": "1" * 64}))
    assert codes(verifier, one.pid) == [], "what he has now is his own"


def test_the_same_sk_is_told_from_five_people_on(portal: Cloud, verifier: Desk) -> None:
    people = [register(nik=f"990101410190000{n}").pid for n in range(1, 6)]
    for pid in people[:4]:
        tell(accepted(pid, jenis=DocumentType.SK, riwayat="pertama"))
    check_search(INSTITUTION)
    keep_counts(INSTITUTION)
    assert codes(verifier, people[0]) == []
    tell(accepted(people[4], jenis=DocumentType.SK, riwayat="pertama"))
    check_search(INSTITUTION)
    keep_people(INSTITUTION, people, set(people))
    keep_counts(INSTITUTION)
    assert codes(verifier, people[0]) == ["BERKAS_SAMA"]


def test_a_verdict_by_whom_the_enterer_invited_is_told(portal: Cloud) -> None:
    admin = desk(portal, Role.ADMIN)
    guest = desk(portal, Role.VERIFIKATOR, sponsors=[admin.actor.id])
    other = desk(portal, Role.VERIFIKATOR, number=2)
    dossier = person_store.load_dossier(admin.enter(row(1)).json["id"])
    for decider, told in ((guest, True), (other, False)):
        decided = with_decision(dossier.person, PersonState.MEMENUHI_SYARAT, IN_TIME)
        decisions = (replace(decided.private.decisions[-1], by=decider.actor.id),)
        person = replace(
            decided, state=PersonState.MEMENUHI_SYARAT, private=replace(decided.private, decisions=decisions)
        )
        assert was_decided_by_his_guest(replace(dossier, person=person)) is told
    assert not was_decided_by_his_guest(dossier), "while nobody has decided"


@pytest.mark.parametrize("role", sorted(RECORD_READERS))
def test_who_enters_rows_is_not_told_and_who_decides_or_supervises_is(portal: Cloud, role: Role) -> None:
    pid = register(**ODD).pid
    reader = desk(portal, role)
    assert codes(reader, pid) == (["SK_SESUDAH_TMT"] if role in RISK_READERS else None)


@pytest.mark.parametrize("role", sorted(LIST_READERS))
def test_lists_counts_and_filters_tell_the_same_roles(portal: Cloud, role: Role) -> None:
    pid, plain = register(**ODD).pid, register(nik="9901014101900002").pid
    reader, may = desk(portal, role), role in RISK_READERS
    lines = {one["id"]: one["risks"] for one in reader.call("GET", "/people").json["items"]}
    assert lines == ({pid: ["SK_SESUDAH_TMT"], plain: []} if may else {pid: None, plain: None})
    for risk, found in (("SK_SESUDAH_TMT", [pid]), ("ADA", [pid]), ("TIDAK_ADA", [plain]), ("USIA_MULAI", [])):
        answer = reader.call("GET", f"/people?risk={risk}")
        assert [one["id"] for one in answer.json["items"]] == found if may else answer.code == "forbidden"
    counts = reader.call("GET", "/risks")
    if may:
        assert counts.json["flagged"] == 1
        assert {one["risk"]: one["people"] for one in counts.json["items"]}["SK_SESUDAH_TMT"] == 1
    else:
        assert counts.code == "forbidden"


def test_counts_are_of_ones_own_units_and_leave_out_who_is_gone(portal: Cloud) -> None:
    admin = desk(portal, Role.ADMIN)
    here, there, gone = (
        admin.enter(row(seed, unit_kerja=unit) | ODD).json["id"]
        for seed, unit in enumerate(("Unit A", "Unit B", "Unit A"))
    )
    admin.delete(gone, 1)
    check_search(INSTITUTION)
    counted = [
        desk(portal, Role.VERIFIKATOR, units=units, number=n).call("GET", "/risks").json["flagged"]
        for n, units in enumerate((["Unit A"], ["Unit B"], ["Unit C"], []), start=2)
    ]
    assert counted == [1, 1, 0, 2]
    assert here != there


def test_nobody_is_told_of_himself_in_whatever_role(portal: Cloud) -> None:
    person = register(**ODD)
    himself = desk(portal, Role.VERIFIKATOR, own=person.pid)
    assert codes(himself, person.pid) is None
    (line,) = himself.call("GET", "/people").json["items"]
    assert line["risks"] is None
    assert himself.call("GET", "/people?risk=ADA").json["items"] == []


def test_a_persons_pages_copy_and_facts_know_nothing_of_his_flags(portal: Cloud, verifier: Desk) -> None:
    person = with_account(portal, tanggal_mulai="2006-12-31", tanggal_sk="2007-01-01")
    assert codes(verifier, person.pid) == ["SK_SESUDAH_TMT", "USIA_MULAI"]
    token = token_of(portal, person)
    paths = [route.path for route in api.routes if route.method == "GET" and "/me" in route.path]
    answers = [portal.call(app, "GET", path, token=token).text for path in paths if "{" not in path]
    relay({"Records": portal.changes("RegTable")}, None)
    told = [*answers, repr(own_data(person.pid, IN_TIME)), json.dumps([dict(one) for one in portal.facts()])]
    assert len(told) > 8
    assert [words for words in (*Risk, *_TEXTS.values()) if any(words.split("{")[0] in text for text in told)] == []


KNOWING = {
    "registration/model/counted.py",
    "registration/model/search_row.py",
    "registration/risk/",
    "registration/search/",
    "registration/verification/get_person.py",
}
"""Where risk flags are known: lists, counts and records of staff; no page of a person, fact, paper, notice or seal."""


def test_nothing_else_of_the_services_knows_risk_flags() -> None:
    known = {
        file.relative_to(ROOT / "services").as_posix()
        for file in sorted((ROOT / "services").rglob("*.py"))
        if any("registration.risk" in name or name.endswith("model.risk") for name in _imports(file.read_text("utf-8")))
    }
    assert {name for name in known if not name.startswith(tuple(KNOWING))} == set()


def _imports(source: str) -> set[str]:
    return {node.module or "" for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}


def test_every_flag_has_one_sentence() -> None:
    assert set(_TEXTS) == set(Risk)
    assert all(text.count(".") == 1 and text.endswith(".") and ":" in text for text in _TEXTS.values())
