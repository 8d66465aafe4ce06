"""`python -m tools.simulate_deadline [--option value …]`: simulate, print, and draw. `--help` lists the options.

A goal that is missed is printed as such and is no failure: the figures are there to be looked at.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from services.finalization.institution.open_round import lanes_for
from tools.simulate_deadline.goals import judge
from tools.simulate_deadline.institutions import LARGEST
from tools.simulate_deadline.nation import RULES, SHARES, last_day, lock_nation
from tools.simulate_deadline.one_institution import LANES, RATE, at_rate, by_batch, sweep
from tools.simulate_deadline.page import refresh
from tools.simulate_deadline.parameters import Parameters, parse
from tools.simulate_deadline.pictures import pictures
from tools.simulate_deadline.report import report

FEW_LOCKERS = 5
"""Shown beside the number that is allowed: a queue's functions are started a few at a time."""


def main(arguments: Sequence[str]) -> int:
    """Print the figures and write them with the pictures; returns the exit code."""
    parameters, into, page = parse(arguments)
    text, drawn = simulate(parameters)
    sys.stdout.write(text)
    folder = Path(into)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "figures.md").write_text(text)
    (folder / "parameters.json").write_text(json.dumps(asdict(parameters), indent=2) + "\n")
    for name, svg in drawn.items():
        (folder / name).write_text(svg)
    if page:
        refresh(Path(page), text, drawn)
    return 0


def simulate(parameters: Parameters) -> tuple[str, dict[str, str]]:
    """Every scenario: the report, and the pictures by file name."""
    steady = [at_rate(RATE, lanes, parameters) for lanes in LANES]
    nations = [last_day(share, rule, parameters) for share in SHARES for rule in RULES]
    locked = [lock_nation(replace(parameters, lockers=lockers)) for lockers in (FEW_LOCKERS, parameters.lockers)]
    goals = judge(steady, nations, locked[-1])
    batches = by_batch(lanes_for(LARGEST[0]), parameters)
    drawn = pictures(list(sweep(parameters)), nations, locked, parameters)
    return report(steady, nations, locked, batches, goals, parameters), dict(drawn)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
