"""What the figures must show, and whether they do."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.finalization.institution.open_round import lanes_for
from tools.simulate_deadline.institutions import LARGEST
from tools.simulate_deadline.nation import BY_SIZE, LockedNation, Nation
from tools.simulate_deadline.one_institution import RATE, Steady

MAX_CONFLICTS = 0.10
LONGEST_LOCK = 0.5
LONGEST_NATION = 180.0
BUILT_LANES = frozenset({32, lanes_for(LARGEST[0])})
"""Lanes of those institutions that could ever meet such a rate."""


@dataclass(frozen=True)
class Goal:
    """What was meant, what came out, and whether that holds."""

    meant: str
    figure: str
    holds: bool


def judge(steady: Iterable[Steady], nations: Iterable[Nation], locked: LockedNation) -> list[Goal]:
    """Every goal on the design as built."""
    found = [goal for one in steady if one.lanes in BUILT_LANES for goal in _one_institution(one)]
    found += [_nation(one) for one in nations if one.lanes == BY_SIZE]
    last = max(locked.last)
    meant = f"all institutions locked within {LONGEST_NATION:.0f} s of the run that finds them due"
    return [*found, Goal(meant, f"{last:.1f} s", last <= LONGEST_NATION)]


def _one_institution(one: Steady) -> list[Goal]:
    where = f"{RATE:.0f}/s on one institution, {one.lanes} lanes"
    conflicts, given_up, lock = one.outcome.conflict_share, one.outcome.given_up, one.lock_p(0.99)
    return [
        Goal(f"{where}: conflicts ≤ {MAX_CONFLICTS:.0%}", f"{conflicts:.1%}", conflicts <= MAX_CONFLICTS),
        Goal(f"{where}: none given up", str(given_up), given_up == 0),
        Goal(f"{where}: lock p99 ≤ {LONGEST_LOCK} s", f"{lock:.2f} s", lock <= LONGEST_LOCK),
    ]


def _nation(one: Nation) -> Goal:
    given_up = one.outcome.given_up
    return Goal(f"{one.peak:.0f}/s in the nation, lanes by size: none given up", str(given_up), given_up == 0)
