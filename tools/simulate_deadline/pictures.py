"""The three pictures of docs/deadline-simulation.md."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from services.finalization.institution.open_round import lanes_for
from tools.simulate_deadline.chart import Axis, Chart, Line, Point
from tools.simulate_deadline.goals import MAX_CONFLICTS
from tools.simulate_deadline.institutions import LARGEST
from tools.simulate_deadline.nation import BY_SIZE, LockedNation, Nation
from tools.simulate_deadline.one_institution import LANES, RATE, RATES, Steady
from tools.simulate_deadline.outcome import Outcome
from tools.simulate_deadline.parameters import Parameters

_BIN = 10
"""Seconds that are counted together."""
_PERCENT = tuple((value / 100, f"{value}%") for value in range(0, 101, 20))


def pictures(
    swept: Sequence[Steady], nations: Sequence[Nation], locked: Sequence[LockedNation], parameters: Parameters
) -> Mapping[str, str]:
    """SVG by file name."""
    return {
        "deadline-conflicts.svg": conflicts(swept).svg(),
        "deadline-rates.svg": rates(nations, parameters).svg(),
        "deadline-locks.svg": locks(locked).svg(),
    }


def conflicts(swept: Iterable[Steady]) -> Chart:
    """Conflicts over the rate, one line for each number of lanes."""
    known = {(one.lanes, one.rate): one.outcome.conflict_share for one in swept}
    lines = [Line(_lanes(lanes), [(rate, known[lanes, rate]) for rate in RATES]) for lanes in LANES]
    at = "; ".join(f"{_lanes(lanes)} {known[lanes, RATE]:.0%}" for lanes in LANES)
    return Chart(
        title="Conflicts on one institution's lanes",
        description=f"Share of tries that meet a held lane. At {RATE:.0f} gated writes a second: {at}.",
        x=Axis("gated writes a second on one institution", [(rate, f"{rate:.0f}") for rate in RATES], math.log10),
        y=Axis("tries that meet a conflict", _PERCENT),
        lines=lines,
        limits=[(MAX_CONFLICTS, f"goal: at most {MAX_CONFLICTS:.0%} at {RATE:.0f}/s")],
    )


def rates(nations: Sequence[Nation], parameters: Parameters) -> Chart:
    """Writes a second on the largest institution, with its lanes and with one, when most people come last."""
    shown = {one.lanes: one for one in nations if one.share == max(other.share for other in nations)}
    built, single = shown[BY_SIZE].largest, shown["1"].largest
    lanes = _lanes(lanes_for(LARGEST[0]))
    received = _binned(built.received_by_second, parameters)
    return Chart(
        title=f"The largest institution when {shown['1'].share:.0%} of the work comes on the last day",
        description=(
            f"Writes a second, received and committed. With {lanes} all that is received before the deadline is"
            f" committed and nothing after it; with one lane {_lost(single):.0%} are given up."
        ),
        x=Axis(
            "minutes to the deadline",
            [(60 * minute, f"{minute:+g}" if minute else "0") for minute in _ticks(parameters)],
        ),
        y=Axis("writes a second", _round_ticks(max(rate for _, rate in received))),
        lines=[
            Line("received", received, wide=True),
            Line("committed, 1 lane", _binned(single.committed_by_second, parameters)),
            Line(f"committed, {lanes}", _binned(built.committed_by_second, parameters)),
        ],
        marks=[(0.0, "deadline")],
    )


def locks(locked: Iterable[LockedNation]) -> Chart:
    """How many institutions are locked, by seconds since the run that found them due; one trial each."""
    trials = {one.lockers: sorted(lock.ends for lock in one.trials[0]) for one in locked}
    count = max(map(len, trials.values()))
    longest = max(ends[-1] for ends in trials.values())
    told = "; ".join(f"{lockers} lockers {ends[-1]:.1f} s" for lockers, ends in trials.items())
    return Chart(
        title=f"{count} institutions due at once",
        description=f"Institutions locked over the seconds since the run that found them due. Last one: {told}.",
        x=Axis("seconds since the schedule's run", _round_ticks(longest)),
        y=Axis("institutions locked", _round_ticks(count)),
        lines=[
            Line(f"{lockers} lockers", [(0.0, 0.0), *((end, float(rank)) for rank, end in enumerate(ends, 1))])
            for lockers, ends in trials.items()
        ],
    )


def _lanes(lanes: int) -> str:
    return "1 lane" if lanes == 1 else f"{lanes} lanes"


def _lost(outcome: Outcome) -> float:
    return outcome.given_up / max(1, outcome.received - outcome.refused)


def _binned(by_second: Counter[int], parameters: Parameters) -> list[Point]:
    """Rates over whole bins; the one around the deadline ends with it."""
    marks = range(-_BIN * round(60 * parameters.minutes / _BIN), round(parameters.late_seconds), _BIN)
    return [(mark + _BIN / 2, sum(by_second[mark + second] for second in range(_BIN)) / _BIN) for mark in marks]


def _ticks(parameters: Parameters) -> list[float]:
    """Three or four minutes before the deadline, the deadline, and the end of what is simulated."""
    step = max(1, math.ceil(parameters.minutes / 3))
    before = range(-step * math.ceil(parameters.minutes / step), 1, step)
    return [*map(float, before), *([parameters.late_seconds / 60] if parameters.late_seconds else [])]


def _round_ticks(most: float) -> list[tuple[float, str]]:
    """About five steps of 1, 2 or 5 times a power of ten, from 0 to no less than `most`."""
    power = 10.0 ** math.floor(math.log10(most / 5))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= most / 5)
    return [(number * step, f"{number * step:g}") for number in range(math.ceil(most / step) + 1)]
