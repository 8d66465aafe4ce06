"""The instant of receipt decides (domain.md, section 7): every write that a window rules, at its boundary."""

from datetime import datetime, timedelta

import pytest

from services.finalization.api import api
from tests.finalization.world import CARD, CLOSES, CODE, CONFIRMED, World
from tests.support.aws import Answer

VERIFICATION = {"prefinalization": {}, "finalization": CONFIRMED}
OF_INSTITUTION = "/finalization/institutions/{code}"
ELSEWHERE = {("POST", f"{OF_INSTITUTION}/sptjm")}
"""Ruled by its own due date: tests/finalization/test_sptjm.py."""
THE_SAME_TWICE = {("PUT", OF_INSTITUTION), ("PUT", "/finalization/calendar")}
"""Say how something should be: with what stands already they are answered, with any key or none."""
OF_BKN = {
    ("POST", "/finalization/calendar/preview"),
    ("POST", "/finalization/extensions/{extension}/decision"),
    ("POST", f"{OF_INSTITUTION}/extensions"),
    ("POST", f"{OF_INSTITUTION}/reopening"),
    ("POST", f"{OF_INSTITUTION}/usulan-reopening"),
    ("POST", f"{OF_INSTITUTION}/verification-reopening"),
    ("POST", f"{OF_INSTITUTION}/sptjm/decision"),
    ("POST", f"{OF_INSTITUTION}/waivers"),
    ("POST", f"{OF_INSTITUTION}/waivers/{{number}}/withdrawal"),
}
"""Letters and decisions of BKN come when they come; no window rules them (domain.md, section 4)."""


def test_every_write_is_ruled_by_a_window_or_known_not_to_be() -> None:
    ruled = {("POST", f"{OF_INSTITUTION}/{path}") for path in VERIFICATION} | ELSEWHERE
    declared = {(route.method, route.path) for route in api.routes if route.method != "GET"}
    assert declared == ruled | OF_BKN | THE_SAME_TWICE


@pytest.mark.parametrize("path", VERIFICATION)
def test_the_receipt_decides_and_a_retry_is_answered(path: str, started: World, request: pytest.FixtureRequest) -> None:
    world: World = request.getfixturevalue("prefinal") if path == "finalization" else started
    world.cloud.at(CLOSES + timedelta(seconds=20))
    with world.nothing_changes():
        late = world.post(path, VERIFICATION[path], received=CLOSES, key="came-too-late")
    assert (late.status, late.code, late.json["window"]) == (410, "window-closed", "VERIFICATION")
    in_time = CLOSES - timedelta(milliseconds=1)
    assert world.post(path, VERIFICATION[path], received=in_time, key="came-in-time").status == 200
    with world.nothing_changes():
        again = world.post(path, VERIFICATION[path], received=CLOSES + timedelta(hours=1), key="came-in-time")
    assert again.status == 200
    world.require_consistent()


def test_a_round_that_was_opened_in_time_is_answered_alike_after_the_deadline(world: World) -> None:
    """The calendar too: tests/finalization/calendar/test_set_calendar.py."""

    def put(code: str, received: datetime) -> Answer:
        return world.call("PUT", f"institutions/{code}", CARD, role="bkn", received=received)

    assert put(CODE, CLOSES - timedelta(milliseconds=1)).status == 200
    with world.nothing_changes():
        assert put(CODE, CLOSES + timedelta(hours=1)).status == 200
        late = put("9902", CLOSES)
    assert (late.status, late.code) == (410, "window-closed")
