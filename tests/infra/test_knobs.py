"""AWS's limits as the local cloud plays them."""

from io import BytesIO
from typing import Any

import pytest

from infra.local.gateway.answers import Answer, Body, Request
from infra.local.gateway.edge import USUAL_SECONDS, ErrorCache, error_seconds
from infra.local.knobs import Knobs, Limits
from infra.services import ROOT
from infra.templates import load_template
from tests.infra.conftest import Echo


class Clock:
    """Seconds as the test says."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_refused_until_a_knob_is_turned() -> None:
    knobs = Knobs()
    assert all(knobs.request("GET /a") and knobs.fact() and knobs.enter("x") for _ in range(1000))
    assert knobs.shown["refused"] == {}
    assert knobs.shown["asked"] == {"requests": 1000, "facts": 1000}


def test_each_method_has_a_second_worth_of_requests_and_gets_them_back() -> None:
    clock = Clock()
    knobs = Knobs(now=clock)
    knobs.turn(Limits(requests=2))
    assert [knobs.request("GET /a") for _ in range(3)] == [True, True, False]
    assert knobs.request("POST /a"), "of another method"
    clock.now = 0.5
    assert [knobs.request("GET /a") for _ in range(2)] == [True, False]
    clock.now = 60
    assert [knobs.request("GET /a") for _ in range(3)] == [True, True, False], "not more than a second's worth"
    assert knobs.shown["refused"] == {"requests": 3}
    knobs.turn(Limits())
    assert knobs.request("GET /a")
    assert knobs.shown["refused"] == {}


def test_who_ends_makes_room() -> None:
    knobs = Knobs()
    knobs.turn(Limits(at_once=1))
    assert knobs.enter("api")
    assert not knobs.enter("api")
    knobs.leave()
    assert knobs.enter("api")
    assert knobs.shown["refused"] == {"api": 1}


def asked(path: str, method: str = "GET") -> Request:
    return Request(method, path, {}, 0, Body(BytesIO(), 0), "127.0.0.1")


@pytest.mark.parametrize(("seconds", "calls"), [(None, 2), (USUAL_SECONDS, 1)])
def test_an_error_is_kept_only_when_the_knob_says_so(seconds: float | None, calls: int) -> None:
    came: list[str] = []

    def front(request: Request) -> Answer:
        came.append(request.target)
        return Answer(503)

    knobs = Knobs(error_seconds(load_template(ROOT / "infra" / "cdn.yaml")))
    knobs.turn(Limits(error_seconds=seconds))
    edge = ErrorCache(front, knobs)
    assert [edge.answer(asked(f"/api/x?{number}")).status for number in range(2)] == [503, 503]
    assert len(came) == calls
    edge.answer(asked("/api/x", "POST"))
    edge.answer(asked("/api/y"))
    assert len(came) == calls + 2, "another method and another address are asked for"


def test_a_template_that_says_nothing_keeps_errors_for_ten_seconds() -> None:
    template: dict[str, Any] = {"Resources": {"Distribution": {"Properties": {"DistributionConfig": {}}}}}
    assert set(error_seconds(template).values()) == {USUAL_SECONDS}


def test_a_throttled_request_is_answered_as_the_template_says(echo: Echo) -> None:
    echo.send("POST", "/_local/limits", b'{"requests": 0.001}')
    try:
        statuses = [echo.send("GET", "/api/echo/seen").status for _ in range(3)]
        refused = echo.send("GET", "/api/echo/seen")
    finally:
        echo.send("POST", "/_local/limits", b"{}")
    assert statuses == [200, 429, 429]
    assert refused.json["type"] == "throttled"
    assert refused.headers["Retry-After"] == "5"
    assert echo.send("GET", "/_local/limits").json["refused"] == {}


def test_a_knob_that_does_not_exist_is_refused(echo: Echo) -> None:
    assert echo.send("POST", "/_local/limits", b'{"speed": 1}').status == 422
