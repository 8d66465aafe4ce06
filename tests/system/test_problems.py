"""Whatever is sent over real HTTP, the four services answer with problem details and never with a 500.

By day a body that is none is sent until somebody was let in who sent it; by night (`make test-large`) by everybody.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import urllib3

from infra.local import seed
from infra.local.client import Answer, Visitor
from infra.local.demo import steps_person
from tests.registration.listed import HISTORY
from tests.support.large import LARGE
from tests.support.office import PASSWORD, open_office
from tests.support.portal import Portal
from tests.system.routes import SERVICES, Route, routes
from tools.sample.people import person
from tools.sample.verdicts import verdicts

LIMIT = 10 * 1024 * 1024
"""Bytes of a body at API Gateway."""
BODIES: tuple[bytes, ...] = (
    b"{",
    b"",
    b"[]",
    b'"x"',
    b"{}",
    b"\xff\xfe\x00",
    b'{"v": "x", "nik": {}, "windows": 1, "login": [], "captcha": 7}',
    b'{"v": 1e400, "login": "\\ud800", "password": "\\u0000", "nik": NaN}',
    b'{"v": ' + b"9" * 5000 + b"}",
    b"[" * 50_000,
)
HALF = json.dumps({"v": 1, **person(1), **HISTORY, "active": True, "captcha": "x", "jabatan": "\ud800"}).encode()
"""Right for whoever reads these fields, but for half of a surrogate pair."""
JSON = "application/json"
SESSION_ROUTES = {"/registration/sessions", "/registration/sessions/refresh"}
"""Signing in has its own bodies; signing out and renewing would end the visitors' sessions."""

NO_BODY = {"/registration/me/copies", "/documents/copies", "/registration/enrolment/counter-code"}
"""Asked for without a word: whatever is sent along is not looked at."""


@pytest.fixture(scope="module")
def visitors(portal: Portal) -> dict[str, Visitor]:
    """Somebody of every role, somebody in the middle of Buat Akun, and somebody who has not signed in."""
    office = open_office(portal)
    office.enlist([office.person(0), office.person(1)])
    honorer, guest = office.make_account(office.person(0)), Visitor(portal.base_url)
    honorer.sign_in(office.person(0)["nik"], PASSWORD)
    steps_person.check_identity(office.stage, office.person(1), guest)
    staff = {role: office.stage.staff(role) for role in (*seed.STAFF_ROLES, "bkn")}
    return {"": Visitor(portal.base_url), "guest": guest, "honorer": honorer, **staff}


@pytest.mark.parametrize("service", SERVICES)
def test_bodies_that_are_no_requests(portal: Portal, visitors: dict[str, Visitor], service: str) -> None:
    for route in of(portal, service):
        if not route.takes_body or route.template in SESSION_ROUTES | NO_BODY:
            continue
        tried = 0
        for role, visitor in visitors.items():
            for body in BODIES[: 1 if tried else None]:  # one who may call is sent everything, the others one
                answer = send(visitor, route.method, route.path, body)
                if problem(answer, route, role, body[:60])["type"] in {"forbidden", "unauthenticated"}:
                    break
                tried += 1
            if tried >= len(BODIES) and not LARGE:
                break
        assert tried >= len(BODIES), f"nobody may call {route}"


@pytest.mark.parametrize("service", SERVICES)
def test_half_of_a_character_is_malformed(portal: Portal, visitors: dict[str, Visitor], service: str) -> None:
    for route in of(portal, service):
        if route.declares_body:
            found = set()
            for who in visitors.values():
                found.add(problem(send(who, route.method, route.path, HALF), route)["type"])
                if "malformed" in found and not LARGE:
                    break
            assert "malformed" in found, (route, found)
            assert found <= {"malformed", "forbidden", "unauthenticated"}, (route, found)


@pytest.mark.parametrize("service", SERVICES)
def test_who_is_not_signed_in_is_told_so(portal: Portal, visitors: dict[str, Visitor], service: str) -> None:
    for route in of(portal, service):
        if route.needs:
            answer = send(visitors[""], route.method, route.path, b"{}" if route.takes_body else None)
            assert problem(answer, route)["type"] == "unauthenticated", route


@pytest.mark.parametrize("service", SERVICES)
def test_ids_of_nobody_are_not_found(portal: Portal, visitors: dict[str, Visitor], service: str) -> None:
    for route in of(portal, service):
        if route.method == "GET" and "{" in route.template and not route.template.endswith("cards/{kind}"):
            for role, visitor in visitors.items():
                answer = send(visitor, "GET", route.path)
                if (role, answer.status) == ("bkn", 200):  # who may look everywhere finds nothing there
                    assert not any(answer.json.values()), route
                elif role not in {"", "guest"} or not route.needs:
                    assert problem(answer, route, role)["status"] in {403, 404}, (route, role)


@pytest.mark.parametrize("service", SERVICES)
def test_routes_methods_and_types_that_are_not_there(
    portal: Portal, visitors: dict[str, Visitor], service: str
) -> None:
    known = list(of(portal, service))
    anybody = visitors["operator"]
    for path in (f"/api/{service}/tidak-ada", f"/api/{service}", f"/api/{service}/..%2f..%2fetc", f"/api/{service}//"):
        assert problem(send(anybody, "GET", path), path)["type"] == "not-found"
    for template in {route.template for route in known}:
        taken = {route.method for route in known if route.template == template}
        route = next(route for route in known if route.template == template)
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - taken:
            refused = problem(send(anybody, method, route.path, b"{}"), route)
            assert refused["type"] in {"not-found", "method-not-allowed"}
    for route in known:
        if route.takes_body and route.method != "DELETE":
            answer = send(anybody, route.method, route.path, b"<a/>", kind="application/xml")
            assert problem(answer, route)["type"] == "unsupported-media-type", route


@pytest.mark.parametrize("service", SERVICES)
def test_a_body_beyond_the_limit(portal: Portal, visitors: dict[str, Visitor], service: str) -> None:
    route = next(route for route in of(portal, service) if route.method == "POST")
    answer = send(visitors["operator"], "POST", route.path, b" " * (LIMIT + 1))
    assert problem(answer, route)["type"] == "too-large"
    assert answer.status == 413


def test_an_api_of_no_service(visitors: dict[str, Visitor]) -> None:
    for method, path in (("GET", "/api/tidak-ada"), ("GET", "/api/"), ("POST", "/api/tidak-ada/juga")):
        assert problem(send(visitors["operator"], method, path, b"{}"), path)["type"] == "not-found"


def test_another_institution_s_person_is_not_found_by_anybody(portal: Portal, visitors: dict[str, Visitor]) -> None:
    theirs = Visitor(portal.base_url)
    theirs.sign_in_staff(seed.staff_login(1, "operator"), seed.PASSWORD)
    own = visitors["operator"].get("/api/registration/me")["institution"]["code"]
    person = theirs.get("/api/registration/institutions/9901/people")["items"][0]["id"]
    for role in ("operator", "verifikator", "admin"):
        for code in ("9901", own):
            path = f"/api/registration/institutions/{code}/people/{person}"
            for method, below, body in (("GET", "", None), ("POST", "/nik", b"{}"), ("POST", "/verdicts", DECISION)):
                answer = send(visitors[role], method, path + below, body)
                assert answer.status in {403, 404}, (role, code, method, below, answer.content)
                assert problem(answer, path)["type"] in {"forbidden", "not-found"}
        assert send(visitors[role], "GET", f"/api/documents/people/{person}/files").status == 404
        assert send(visitors[role], "GET", "/api/finalization/institutions/9901").status == 404


DECISION = json.dumps({"v": 1, "criteria": verdicts("MEMENUHI_SYARAT", "alasan")}).encode()


def of(portal: Portal, service: str) -> Iterator[Route]:
    """The routes of one service."""
    return (route for route in routes(portal.base_url) if route.service == service)


def send(visitor: Visitor, method: str, path: str, body: bytes | None = None, kind: str = JSON) -> Answer:
    """Bytes as they are, with the visitor's cookies."""
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    headers = {"Origin": visitor.base, "Cookie": cookies, "Content-Type": kind}
    answer: Any = visitor.http.request(method, visitor.base + path, body=body, headers=headers, redirect=False)
    assert isinstance(answer, urllib3.BaseHTTPResponse)
    return Answer(answer.status, answer.headers, answer.data)


def problem(answer: Answer, *about: object) -> dict[str, Any]:
    """The problem details (RFC 9457) that the answer must be."""
    assert 400 <= answer.status < 500, (about, answer.status, answer.content[:300])
    assert answer.headers["content-type"].startswith("application/problem+json"), (about, answer.headers)
    found: dict[str, Any] = answer.json
    assert {"type", "title", "status", "detail", "request_id"} <= found.keys(), (about, found)
    assert found["status"] == answer.status
    return found
