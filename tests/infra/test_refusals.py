"""What is no request of ours is answered by us, as a problem, and not by Python's server in HTML."""

import http.client
import json
import socket

import pytest

from infra.local.gateway.refusals import LONGEST_TARGET, METHODS
from infra.local.gateway.server import _Handler
from tests.infra.conftest import Echo


def raw(echo: Echo, sent: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what comes back for these bytes."""
    with socket.create_connection(("127.0.0.1", echo.cloud.port), timeout=10) as wire:
        wire.sendall(sent)
        got = http.client.HTTPResponse(wire, method=sent.split()[0].decode())
        got.begin()
        return got.status, dict(got.headers), got.read()


def head(line: str, *headers: str) -> bytes:
    return "\r\n".join([line, "Host: 127.0.0.1", *headers, "", ""]).encode("latin-1")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (head("TRACE / HTTP/1.1"), 405, "method-not-allowed"),
        (head("TRACE /api/echo/seen HTTP/1.1"), 405, "method-not-allowed"),
        (head("CONNECT evil.example:443 HTTP/1.1"), 405, "method-not-allowed"),
        (head("PROPFIND /api/echo/seen HTTP/1.1"), 405, "method-not-allowed"),
        (head("get / HTTP/1.1"), 405, "method-not-allowed"),
        (head(f"GET /{'a' * LONGEST_TARGET} HTTP/1.1"), 414, "malformed"),
        (head(f"GET /api/echo/event/{'a' * 70_000} HTTP/1.1"), 414, "malformed"),
        (head("GET / HTTP/1.1", *(f"X-{number}: 1" for number in range(200))), 431, "malformed"),
        (head("GET / HTTP/1.1", f"X: {'a' * 70_000}"), 431, "malformed"),
        (head("GET / HTTP/9.9"), 400, "malformed"),
        (head("GET / and more HTTP/1.1"), 400, "malformed"),
        (head("POST / HTTP/1.1", "Content-Length: -1"), 411, "malformed"),
        (head("POST / HTTP/1.1", "Transfer-Encoding: chunked"), 411, "malformed"),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else None,
)
def test_a_refusal_is_a_problem(echo: Echo, sent: bytes, status: int, code: str) -> None:
    got, headers, body = raw(echo, sent)
    problem = json.loads(body)
    assert (got, problem["status"], problem["type"]) == (status, status, code)
    assert headers["Content-Type"] == "application/problem+json"
    assert problem["title"]
    assert problem["detail"]
    assert problem["request_id"]
    assert headers["Connection"] == "close"
    assert ("Allow" in headers) == (status == 405)


def test_an_address_of_the_longest_length_is_answered(echo: Echo) -> None:
    path = "/api/echo/event/a?x=" + "a" * LONGEST_TARGET
    assert raw(echo, head(f"GET {path[:LONGEST_TARGET]} HTTP/1.1"))[0] == 200
    assert raw(echo, head(f"GET {path[: LONGEST_TARGET + 1]} HTTP/1.1"))[0] == 414


@pytest.mark.parametrize("method", METHODS)
def test_a_method_that_the_distribution_passes_on_reaches_a_front(echo: Echo, method: str) -> None:
    status, _, _ = raw(echo, head(f"{method} /akun/ HTTP/1.1", "Connection: close"))
    assert status in {200, 403}
    assert hasattr(_Handler, f"do_{method}")
