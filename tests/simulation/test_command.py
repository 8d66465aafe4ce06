"""The command: small sizes, the same output each time, goals judged both ways, pictures that are well-formed."""

import math
import re
from dataclasses import fields, replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tools.simulate_deadline import page
from tools.simulate_deadline.__main__ import main
from tools.simulate_deadline.chart import HEIGHT, WIDTH, Axis, Chart, Line
from tools.simulate_deadline.goals import judge
from tools.simulate_deadline.locker import Lock
from tools.simulate_deadline.nation import BY_SIZE, LockedNation, Nation, last_day
from tools.simulate_deadline.one_institution import Steady, at_rate
from tools.simulate_deadline.outcome import Outcome, percentile
from tools.simulate_deadline.parameters import Parameters, parse
from tools.simulate_deadline.report import settings

DOCUMENT = Path("docs/deadline-simulation.md")
SMALL = ["--minutes", "0.05", "--late-seconds", "2", "--institutions", "12", "--people", "40000"]
TINY = replace(Parameters(), minutes=0.05, late_seconds=2.0, institutions=12, people=40_000)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer locks and rates than the figures need."""
    monkeypatch.setattr("tools.simulate_deadline.one_institution._LOCKS", 20)
    monkeypatch.setattr(
        "tools.simulate_deadline.__main__.sweep",
        lambda parameters: [
            at_rate(rate, lanes, parameters, locks=0)
            for lanes in (1, 8, 32, 64)
            for rate in (5.0, 15.0, 40.0, 70.0, 150.0, 400.0)
        ],
    )


@pytest.mark.usefixtures("few")
def test_the_same_command_writes_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("once", "again"):
        assert main([*SMALL, "--into", str(tmp_path / name)]) == 0
    once, again = ({one.name: one.read_text() for one in (tmp_path / name).iterdir()} for name in ("once", "again"))
    assert once == again
    assert set(once) == {"figures.md", "parameters.json", *PICTURES}
    assert capsys.readouterr().out == once["figures.md"] * 2


PICTURES = ("deadline-conflicts.svg", "deadline-rates.svg", "deadline-locks.svg")


@pytest.mark.usefixtures("few")
def test_a_page_gets_its_figures_and_pictures(tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    document.write_text(f"# Before\n\n{page.BEGIN}\noutdated\n{page.END}\n\nAfter\n")
    (tmp_path / "pictures").mkdir()
    main([*SMALL, "--into", str(tmp_path / "build"), "--page", str(document)])
    text = document.read_text()
    assert text.startswith("# Before\n\n<!--")
    assert text.endswith("-->\n\nAfter\n")
    assert "### Goals" in text
    assert "outdated" not in text
    assert {one.name for one in (tmp_path / "pictures").iterdir()} == set(PICTURES)


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Nothing")
    with pytest.raises(ValueError, match="lacks the marks"):
        page.refresh(tmp_path / "page.md", "figures", {})
    assert (tmp_path / "page.md").read_text() == "# Nothing"


def test_every_parameter_is_an_option() -> None:
    assert parse([])[0] == Parameters()
    given = [word for one in fields(Parameters) for word in (f"--{one.name.replace('_', '-')}", "7")]
    parameters, into, document = parse([*given, "--into", "there"])
    assert {getattr(parameters, one.name) for one in fields(Parameters)} == {7}
    assert (into, document) == ("there", None)


def test_the_nation_is_the_sum_of_its_institutions_and_ends_at_the_deadline() -> None:
    nation = last_day(0.4, BY_SIZE, TINY)
    outcome = nation.outcome
    assert outcome.received == outcome.committed + outcome.refused + outcome.given_up
    assert outcome.received > nation.largest.received > 0
    assert outcome.refused == sum(count for second, count in outcome.received_by_second.items() if second >= 0)
    assert last_day(0.4, BY_SIZE, TINY) == nation


def judged(*, conflicts: int = 10, given_up: int = 0, lock: float = 0.5, last: float = 180.0) -> list[bool]:
    outcome = Outcome(received=100, tries=100, conflicts=conflicts, given_up=given_up, committed=100 - given_up)
    steady = Steady(32, 70.0, 0.07, outcome, [Lock(0.0, lock)] * 10)
    nation = Nation(0.4, BY_SIZE, 912.0, 1e7, outcome, outcome)
    other = replace(nation, lanes="1", outcome=Outcome(given_up=5))
    goals = judge([steady, replace(steady, lanes=1)], [other, nation], LockedNation(20, [[Lock(0.0, last)]]))
    return [goal.holds for goal in goals]


def test_goals_hold_up_to_their_bounds_and_not_beyond() -> None:
    assert judged() == [True, True, True, True, True]
    assert judged(conflicts=11) == [False, True, True, True, True]
    assert judged(given_up=1) == [True, False, True, False, True]
    assert judged(lock=0.501) == [True, True, False, True, True]
    assert judged(last=180.1) == [True, True, True, True, False]


def test_percentiles() -> None:
    assert percentile([], 0.99) == 0
    assert [percentile(range(100), share) for share in (0.0, 0.5, 0.99, 1.0)] == [0, 50, 99, 99]


def test_a_chart_is_well_formed_named_and_within_its_frame() -> None:
    axis = Axis("x < y", [(1.0, "1"), (100.0, "100")], math.log10)
    lines = [Line("a & b", [(1.0, 0.0), (100.0, 2.0)]), Line("c", [(10.0, 0.5), (100.0, 99.0)])]
    chart = Chart("Title", "What <it> says", axis, Axis("y", [(0.0, "0"), (1.0, "1")]), lines, limits=[(0.5, "goal")])
    root = ET.fromstring(chart.svg())  # noqa: S314 - our own text
    space = "{http://www.w3.org/2000/svg}"
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title desc")
    assert root.findtext(f"{space}desc") == "What <it> says"
    drawn = [line.get("points", "").split() for line in root.iter(f"{space}polyline")]
    points = [tuple(map(float, point.split(","))) for line in drawn for point in line]
    assert len(points) == 4
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    heights = [float(one.get("y", 0)) for one in root.iter(f"{space}text") if one.text in {"a & b", "c"}]
    assert abs(heights[0] - heights[1]) >= 15, "labels do not lie on each other"


def test_the_page_shows_figures_of_the_parameters_as_they_are() -> None:
    """After a change of a default or of a rule it comes from: `make simulate-deadline OPTIONS="--page …"`."""
    text = DOCUMENT.read_text()
    assert settings(Parameters()) in text
    for name in re.findall(r"\]\((pictures/[^)]+)\)", text):
        root = ET.parse(DOCUMENT.parent / name).getroot()  # noqa: S314
        assert root.findtext("{http://www.w3.org/2000/svg}title")
    assert all(f"pictures/{name}" in text for name in PICTURES)
