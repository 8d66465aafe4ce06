"""Who may do what (domain.md, section 2): every role at every route of the institution, against an oracle."""

import pytest

from services.kernel.security.sessions import NATIONAL, Role
from services.registration.adapters import person_store
from services.registration.api import api
from services.registration.app import app
from tests.registration.listed import portal
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Cloud
from tests.support.gates import open_gate

__all__ = ["portal"]

OPERATOR, VERIFIKATOR, HELPDESK, ADMIN, PPK, BKN, AUDITOR = (
    Role.OPERATOR,
    Role.VERIFIKATOR,
    Role.HELPDESK,
    Role.ADMIN,
    Role.PPK,
    Role.BKN,
    Role.AUDITOR,
)
LOOK_UP = {OPERATOR, VERIFIKATOR, HELPDESK, ADMIN, PPK, BKN, AUDITOR}
READ = {OPERATOR, VERIFIKATOR, ADMIN, BKN, AUDITOR}
MAY: dict[tuple[str, str], set[Role]] = {
    ("GET", "/people"): LOOK_UP,
    ("POST", "/people"): {OPERATOR, ADMIN},
    ("GET", "/people/{person}"): READ,
    ("PATCH", "/people/{person}"): {OPERATOR, ADMIN},
    ("DELETE", "/people/{person}"): {OPERATOR, ADMIN},
    ("POST", "/people/{person}/restoration"): {ADMIN},
    ("POST", "/people/{person}/nik"): READ - {AUDITOR},
    ("POST", "/people/{person}/verdicts"): {VERIFIKATOR, ADMIN},
    ("POST", "/nik-lookups"): LOOK_UP - {PPK},
    ("GET", "/progress"): LOOK_UP,
    ("GET", "/imports"): READ,
    ("POST", "/imports"): {OPERATOR, ADMIN},
    ("GET", "/imports/{identifier}"): READ,
    ("GET", "/imports/{identifier}/answers"): READ,
    ("GET", "/imports/{identifier}/result"): READ,
    ("GET", "/people/{person}/history"): {ADMIN, BKN, AUDITOR},
    ("GET", "/users/{user}/deeds"): {ADMIN, BKN, AUDITOR},
    ("GET", "/users"): {ADMIN, BKN},
    ("POST", "/users"): {ADMIN, BKN},
    ("GET", "/units"): LOOK_UP,
    ("GET", "/units/people"): {ADMIN},
    ("POST", "/units"): {ADMIN},
    ("PATCH", "/units/{unit}"): {ADMIN},
    ("DELETE", "/units/{unit}"): {ADMIN},
    ("GET", "/contact"): LOOK_UP,
    ("PUT", "/contact"): {ADMIN},
}
BODIES = {
    "DELETE": {"v": 1, "reason": "salah ketik"},
    "PATCH": {"v": 1},
    "/people": row(2),
    "/people/{person}/restoration": {"v": 1, "reason": "keliru"},
    "/people/{person}/nik": {},
    "/nik-lookups": {"nik": row(1)["nik"]},
    "/people/{person}/verdicts": {"v": 1, "decision": "MEMENUHI_SYARAT", "reason": None},
    "/imports": {"filename": "orang.xlsx", "size": 10},
    "/users": {
        "login": "190001011920021001",
        "name": "Petugas Baru",
        "role": "operator",
        "password": "becak biru di simpang lima",
    },
    "/units": {"v": 1, "paths": [["Unit Baru"]]},
    "/units/{unit}": {"v": 1, "into": None},
    "/contact": {"v": 0, "office": "Loket", "address": "Jalan Contoh 1", "hours": "08.00-16.00", "phone": "165 4321"},
}


def test_every_route_of_the_institution_is_in_the_oracle() -> None:
    prefix = "/registration/institutions/{code}"
    declared = {(one.method, one.path.removeprefix(prefix)) for one in api.routes if one.path.startswith(prefix)}
    assert declared == set(MAY)


@pytest.fixture
def made(portal: Cloud) -> dict[str, str]:
    """A person and an import of 9901."""
    open_gate("9902")
    operator = desk(portal, OPERATOR, number=9)
    started = operator.call("POST", "/imports", {"filename": "a.csv", "size": 10})
    assert started.status == 201, started.text
    admin = desk(portal, ADMIN, number=9)
    assert admin.call("POST", "/units", {"v": 0, "paths": [["Unit Contoh"]]}).json["v"] == 1
    unit = admin.call("GET", "/units").json["items"][0]["id"]
    person, started_id = operator.enter(row(1)).json["id"], started.json["id"]
    return {"person": person, "identifier": started_id, "user": operator.actor.id, "unit": unit}


def ask(who: Desk, method: str, path: str, made: dict[str, str]) -> str:
    """What the answer comes down to: "ok" is whatever is no refusal of the person asking."""
    body = None if method == "GET" else BODIES.get(path, BODIES.get(method))
    answer = who.call(method, path.format(**made), body)
    refused = answer.status in {401, 403, 404}
    return answer.code if refused else "ok"


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_may(portal: Cloud, made: dict[str, str], role: Role) -> None:
    own = {route: ask(desk(portal, role), *route, made) for route in MAY}
    assert own == {route: _own(route, role) for route in MAY}


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_may_elsewhere(portal: Cloud, made: dict[str, str], role: Role) -> None:
    stranger = Desk(portal, desk(portal, role, "9902").actor, "9901")
    found = {route: ask(stranger, *route, made) for route in MAY}
    allowed = "ok" if role in NATIONAL else "not-found"
    assert found == {route: allowed if role in roles else "forbidden" for route, roles in MAY.items()}


def _own(route: tuple[str, str], role: Role) -> str:
    """Allowed by role, but an operator deletes drafts only."""
    if route == ("DELETE", "/people/{person}") and role is OPERATOR:
        return "forbidden"
    return "ok" if role in MAY[route] else "forbidden"


def test_without_a_session_nothing_is_open(portal: Cloud, made: dict[str, str]) -> None:
    for method, path in MAY:
        full = f"/registration/institutions/9901{path.format(**made)}"
        body = None if method == "GET" else BODIES.get(path, BODIES.get(method))
        assert portal.call(app, method, full, body).code == "unauthenticated"


def test_a_disabled_account_writes_nothing(portal: Cloud, made: dict[str, str]) -> None:
    admin = desk(portal, ADMIN)
    stale = Desk(portal, admin.actor.model_copy(update={"token_version": 7}), "9901")
    for method, path in MAY:
        if method != "GET":
            assert ask(stale, method, path, made) == "unauthenticated", path
    assert person_store.load(made["person"]).v == 1
