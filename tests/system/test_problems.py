"""Whatever is sent, the answer is a problem the caller can read, and never a failure of ours."""

import http.client
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from infra.local.client import Visitor
from tests.cloud import Portal

SERVICES = ("registration", "documents", "finalization", "announcements")
ODD_BODIES = (b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 50_000, b"{}")


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> str:
    """Each service in turn."""
    return str(request.param)


def raw(portal: Portal, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str, Any]:
    """Send exactly these bytes: (status, media type, JSON or None)."""
    connection = http.client.HTTPConnection(urlsplit(portal.base_url).netloc, timeout=60)
    sent = {"Origin": portal.base_url, **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request(method, path, body=body, headers=sent)
    answer = connection.getresponse()
    content, media = answer.read(), answer.headers.get_content_type()
    connection.close()
    return answer.status, media, json.loads(content) if "json" in media and content else None


def require_problem(answer: tuple[int, str, Any], *statuses: int) -> None:
    status, media, body = answer
    assert status in statuses, answer
    assert media == "application/problem+json"
    assert body["status"] == status
    assert body["type"]
    assert body["detail"]


def operations(portal: Portal, service: str) -> Iterator[tuple[str, str]]:
    """Every declared method and path, its variables filled with what nobody has."""
    described = Visitor(portal.base_url).get(f"/api/{service}/openapi.json")
    for path, methods in described["paths"].items():
        filled = "/".join("9999" if part.startswith("{") else part for part in path.split("/"))
        yield from ((method.upper(), f"/api{filled}") for method in methods)


def test_unknown_routes_and_methods(portal: Portal, service: str) -> None:
    require_problem(raw(portal, "GET", f"/api/{service}/nowhere"), 404)
    require_problem(raw(portal, "DELETE", f"/api/{service}/openapi.json"), 404, 405)


def test_bodies_that_are_none_of_ours(portal: Portal, service: str) -> None:
    for method, path in operations(portal, service):
        if method in {"POST", "PUT", "PATCH"}:
            for body in ODD_BODIES:
                status, media, _ = raw(portal, method, path, body, Content_Type="application/json")
                assert status < 500, (method, path, body[:20])
                assert media in {"application/problem+json", "application/json"}


def test_content_types_that_are_none_of_ours(portal: Portal, service: str) -> None:
    for method, path in operations(portal, service):
        if method in {"POST", "PUT", "PATCH"}:
            require_problem(raw(portal, method, path, b"<x/>", Content_Type="text/xml"), 415)


def test_a_body_over_ten_megabytes(portal: Portal) -> None:
    large = b'{"login": "' + b"1" * 10_500_000 + b'"}'
    require_problem(raw(portal, "POST", "/api/registration/sessions", large, Content_Type="application/json"), 413)


def test_nobody_gets_in_without_signing_in(portal: Portal, service: str) -> None:
    described = Visitor(portal.base_url).get(f"/api/{service}/openapi.json")
    for path, methods in described["paths"].items():
        filled = "/".join("9999" if part.startswith("{") else part for part in path.split("/"))
        for method, operation in methods.items():
            if "security" in operation:
                answer = raw(portal, method.upper(), f"/api{filled}", b"{}", Content_Type="application/json")
                require_problem(answer, 401)
