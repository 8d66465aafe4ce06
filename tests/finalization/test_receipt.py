"""The instant of receipt decides (domain.md, section 7): every POST that a window rules, at its boundary."""

from datetime import timedelta

import pytest

from services.finalization.api import api
from tests.finalization.world import CLOSES, World

VERIFICATION = {"prefinalization": {}, "finalization": {"confirm": True}}
OF_INSTITUTION = "/finalization/institutions/{code}"
ELSEWHERE = {f"{OF_INSTITUTION}/sptjm"}
"""Ruled by its own due date: tests/finalization/test_sptjm.py."""
OF_BKN = {
    "/finalization/calendar/preview",
    "/finalization/extensions/{extension}/decision",
    f"{OF_INSTITUTION}/extensions",
    f"{OF_INSTITUTION}/reopening",
    f"{OF_INSTITUTION}/sptjm/decision",
}
"""Letters and decisions of BKN come when they come; no window rules them (domain.md, section 4)."""


def test_every_post_is_ruled_by_a_window_or_known_not_to_be() -> None:
    ruled = {f"{OF_INSTITUTION}/{path}" for path in VERIFICATION} | ELSEWHERE
    assert {route.path for route in api.routes if route.method == "POST"} == ruled | OF_BKN


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
