"""Honor, contact, nomor KK and NIK: every route, every role, against an oracle written from domain.md, section 8."""

import zipfile
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from services.kernel.security.sessions import NATIONAL, Role
from services.registration import routes_public
from services.registration.adapters import account_store
from services.registration.api import api
from services.registration.app import app
from services.registration.model.person import Person
from tests.kernel.papers import text_of
from tests.registration.copies.copying import Taker, fetched
from tests.registration.imports.importing import bytes_of, run
from tests.registration.listed import CLAIM, HISTORY, INSTITUTION, ROW, complete, portal, with_account
from tests.registration.staff import desk, row
from tests.support.aws import Answer, Cloud

__all__ = ["portal"]

HONOR, KK, HP, EMAIL, NIK = "honor", "nomor KK", "HP", "email", "NIK"
MARKS = {HONOR: "1739000", KK: CLAIM["nomor_kk"], HP: "81234567890", EMAIL: CLAIM["email"], NIK: ROW["nik"]}
PEOPLE = "/registration/institutions/{code}/people"
ON_RECORDS = {Role.OPERATOR, Role.VERIFIKATOR, Role.ADMIN, Role.BKN, Role.AUDITOR}
OWN = {KK, HP, EMAIL, NIK}
SHOWN: dict[tuple[str, str], dict[Role, set[str]]] = {
    ("GET", f"{PEOPLE}/{{person}}"): {role: {HONOR} for role in ON_RECORDS},
    ("POST", f"{PEOPLE}/{{person}}/nik"): {role: {NIK} for role in ON_RECORDS - {Role.AUDITOR}},
    ("GET", "/registration/me/biodata"): {Role.HONORER: OWN},
    ("GET", "/registration/me/contact"): {Role.HONORER: {HP, EMAIL}},
    ("GET", "/registration/me/resume"): {Role.HONORER: OWN},
    ("GET", "/registration/me/resume/document"): {Role.HONORER: OWN - {KK}},
    ("GET", "/registration/me/copies/{copy}/{form}"): {Role.HONORER: OWN},
}
"""What is shown, and to whom; nothing anywhere else. The person has no assurance, so honor is hidden from him too."""
BODIES: dict[str, dict[str, Any]] = {
    "/people": {**row(5), "nominal_honor": MARKS[HONOR]},
    "/nik": {},
    "/histories": {"v": 4, **HISTORY},
    "/active-confirmation": {"v": 4, "active": True},
}
"""For routes that answer with something; others are asked with nothing and refuse."""


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody complete, with a mark in every field that section 8 restricts."""
    return complete(portal, with_account(portal, nominal_honor=MARKS[HONOR]))


@pytest.fixture
def ids(portal: Cloud, person: Person) -> dict[str, str]:
    """What stands for the variables of paths: among them an import that names the person."""
    importing = run(desk(portal, Role.OPERATOR, number=9), [{**ROW, "nominal_honor": int(MARKS[HONOR])}, row(2)])
    ids = {"code": INSTITUTION, "person": person.pid, "identifier": importing.id, "kind": "akun"}
    return {
        **ids,
        "user": importing.desk.actor.id,
        "invitation": "aaaa",
        "name": "aaaa",
        "unit": "aaaa",
        "number": "aaaa",
        "copy": copied(portal, person),
        "form": "json",
    }


def copied(cloud: Cloud, person: Person) -> str:
    """The id of a copy of his data that was made for the person."""
    taker = Taker(cloud, person.pid)
    taker.take()
    return str(taker.get().json["latest"]["id"])


@pytest.mark.parametrize("role", list(Role))
def test_what_every_route_shows_to_every_role(portal: Cloud, person: Person, ids: dict[str, str], role: Role) -> None:
    token = _token(portal, person, role)
    found = {}
    for method, path in _routes():
        body = next((body for end, body in BODIES.items() if path.endswith(end)), {}) if method != "GET" else None
        answer = portal.call(app, method, path.format(**ids), body, token=token)
        shown = {name for name, mark in MARKS.items() if mark in _text(answer, portal)}
        if shown:
            found[method, path] = shown
    assert found == {route: to[role] for route, to in SHOWN.items() if role in to}


def test_the_marks_are_there_to_be_shown(portal: Cloud, person: Person) -> None:
    account = account_store.load(account_store.account_id(ROW["nik"]))
    assert account is not None
    stored = f"{person.private} {account_store.contact(account, person).stored()}"
    assert [mark for mark in MARKS.values() if mark not in stored] == []


def test_every_route_that_answers_is_asked_so_that_it_does(portal: Cloud, person: Person, ids: dict[str, str]) -> None:
    """Or the walk above would pass because everything was refused."""
    answered = set()
    for role, (method, path) in product(Role, _routes()):
        body = next((body for end, body in BODIES.items() if path.endswith(end)), {}) if method != "GET" else None
        answer = portal.call(app, method, path.format(**ids), body, token=_token(portal, person, role))
        if answer.status < 400:
            answered.add((method, path))
    asked = {(method, path) for method, path in _routes() if method == "GET"} | set(SHOWN) | {("POST", PEOPLE)}
    assert asked - answered == {
        ("GET", "/registration/applications/{number}"),  # of nobody listed: tests/registration/applications
        # verdicts need their mark, a statement a unit with somebody in it: tests/registration/recap
        ("GET", "/registration/institutions/{code}/recap/verdicts"),
        ("GET", "/registration/institutions/{code}/recap/units/{unit}/statement"),
        # of whoever ordered them alone: tests/registration/sheets; a list needs its kind: tests/registration/unit_lists
        ("GET", "/registration/institutions/{code}/sheets/{identifier}"),
        ("GET", "/registration/institutions/{code}/sheets/{identifier}/pdf"),
        ("GET", "/registration/institutions/{code}/unit-lists"),
        # who has spoken on a keberatan, of a case: tests/registration/cases/test_decide_case.py
        ("GET", "/registration/institutions/{code}/people/{person}/case-opinions"),
        ("GET", "/registration/title-lists/{identifier}"),  # of job titles, of nobody: tests/registration/titles
        ("GET", "/registration/title-lists/{identifier}/effects"),
        ("GET", "/registration/me/proof"),  # before the seal: tests/registration/seals/test_hand_out_proof.py
    }


@pytest.mark.parametrize("role", sorted(NATIONAL))
def test_what_bkn_and_auditors_read_is_written_down(portal: Cloud, person: Person, role: Role) -> None:
    """Honor is shown to them in that record only (test_list_and_show.py: the link of the chain)."""
    assert desk(portal, role).detail(person.pid)["record"]["nominal_honor"] == int(MARKS[HONOR])


def _routes() -> Iterator[tuple[str, str]]:
    """All routes of the service for whoever is signed in."""
    for route in api.routes:
        if route.roles is not None and route.handler.__module__ != routes_public.__name__:
            yield route.method, route.path


def _token(cloud: Cloud, person: Person, role: Role) -> str:
    if role is Role.HONORER:
        return cloud.token(role, INSTITUTION, sub=person.pid, token_version=1)
    who = desk(cloud, role).actor
    return cloud.token(role, who.institution, sub=who.id, token_version=who.token_version)


def _text(answer: Answer, cloud: Cloud) -> str:
    """What stands in an answer; where it leads to a file, what stands in that."""
    location = answer.headers.get("location", "")
    if "salinan-data.json" in location:
        return fetched(answer).decode()
    if "resume.pdf" in location:
        return text_of(fetched(answer))
    if answer.status != 303 or ".xlsx" not in location:
        return answer.text
    with zipfile.ZipFile(bytes_of(location, cloud)) as sheet:
        return "".join(sheet.read(name).decode("utf-8", "replace") for name in sheet.namelist())
