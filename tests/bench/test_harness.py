"""The harness: what differs is not timed, turns alternate, and the record has the fields it must have."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bench import __main__ as command
from tests.bench.harness import Benchmark, Figure, run


def benchmark(turns: list[str], **changes: Any) -> Benchmark:
    def take(name: str, output: int) -> Any:
        def work(_: Any) -> int:
            turns.append(name)
            return output

        return work

    parts = {
        "id": "demo",
        "what": "nothing",
        "peer_name": "nobody",
        "prepare": lambda: None,
        "ours": take("ours", 1),
        "peer": take("peer", 1),
        "check": lambda ours, peer: None if ours == peer else f"{ours} and {peer}",
        "goal": 10.0,
        "rounds": 2,
    }
    return Benchmark(**(parts | changes))


def test_outputs_are_compared_first_and_then_both_take_turns() -> None:
    turns: list[str] = []
    run(benchmark(turns))
    assert turns == ["ours", "peer", *["ours", "peer", "peer", "ours"] * 2]


def test_what_differs_is_not_timed() -> None:
    turns: list[str] = []
    figure = run(benchmark(turns, ours=lambda _: 2))
    assert figure.difference == "2 and 1"
    assert not figure.holds
    assert turns == ["peer"]


def test_a_figure_is_recorded_with_the_fields_the_report_reads() -> None:
    item = Figure("demo", "nothing", "nobody", ours_s=0.5, peer_s=5.0, goal=10.0).to_item()
    assert item == {
        "id": "demo",
        "what": "nothing",
        "peer": "nobody",
        "ours_s": 0.5,
        "peer_s": 5.0,
        "ratio": 10.0,
        "goal": 10.0,
        "holds": True,
    }


def test_a_missed_goal_is_recorded_and_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "BENCHMARKS", (benchmark([], goal=1e9),))
    monkeypatch.setattr("sys.argv", ["bench", "demo"])
    assert command.main() == 0
    (item,) = json.loads((tmp_path / "build/bench.json").read_text())
    assert (item["id"], item["holds"]) == ("demo", False)
    assert "agree" in capsys.readouterr().out


@pytest.mark.parametrize(("only", "code"), [("demo", 1), ("other", 1)])
def test_differing_outputs_and_unknown_names_are_failures(
    only: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "BENCHMARKS", (benchmark([], ours=lambda _: 2),))
    monkeypatch.setattr("sys.argv", ["bench"])
    monkeypatch.setenv("ONLY", only)
    assert command.main() == code
