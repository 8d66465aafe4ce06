"""AWS's limits, one after the other, on an institution that is then sealed: refused above zero, nothing lost.

`make rehearsal` does the same with more writers, one institution for each limit, scaled to what AWS allows.
"""

import pytest

from infra.local.demo.report import Report
from infra.local.demo.stage import Stage
from infra.local.rehearsal.play import Load, Rehearsal, kept_errors, turn
from tests.support.portal import Portal

LOAD = Load(clients=4, people=2)
KNOBS: dict[str, tuple[float, str]] = {
    "requests": (2, "requests"),
    "facts": (2, "facts"),
    "at_once": (1, "requests without a function"),
}
"""By knob, how far it is turned and what must then have been refused."""


@pytest.fixture
def stage(portal: Portal) -> Stage:
    return Stage(portal.base_url, Report())


def test_what_was_refused_was_sent_again_and_is_sealed_once(stage: Stage) -> None:
    rehearsal = Rehearsal(stage)
    for knob, (limit, counted) in KNOBS.items():
        run = rehearsal.write(LOAD, **{knob: limit})
        assert run.refused[counted] > 0, knob
        assert (sum(run.turned_away.values()) > 0) == (knob != "facts"), run.turned_away
    turn(stage, requests=5, facts=8, at_once=2)
    rehearsal.seal()


def test_an_error_is_nobody_elses(stage: Stage) -> None:
    assert kept_errors(stage, error_seconds=10) > 0, "as CloudFront does unless it is told otherwise"
    assert kept_errors(stage) == 0, "as infra/cdn.yaml tells it"
