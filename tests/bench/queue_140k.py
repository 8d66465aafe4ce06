"""`python -m tests.bench.queue_140k`: what the next record of the queue costs in an institution of 140,000 people.

As tests/bench/search_140k.py measures. Exits with 1 when a turn does not keep to docs/adr/0022: 4 calls, 30 read
units, 8 ms. In `make bench` all turns together are compared with a loop over all rows (tests/bench/peer_queue.py).
"""

import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from services.kernel import clock
from services.kernel.aws.dynamodb import Item
from services.kernel.security.sessions import Actor, Role
from services.kernel.states import PersonState, Phase
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import DEFAULT_2022
from services.registration.adapters import account_store
from services.registration.model.account import Account, AccountState
from services.registration.model.search_row import SearchRow
from services.registration.queue.take_next import NextView, Turn, take_next
from tests.bench import large_index
from tests.bench.harness import Benchmark
from tests.bench.peer_queue import Expected, expected
from tests.bench.search_140k import MOST_CALLS, MOST_MS, MOST_UNITS, Stored, answering, stored
from tests.support.asking import request_of

ROUNDS = 25
_TIMES = 5
"""Turns of each kind in `make bench`, so that making the client weighs little."""
SPONSOR = f"1.operator{0:024}"
INVITED = "1.verifikator"
DURING, AT_THE_END = "2022-10-20T09:00:00+07:00", "2022-10-25T09:00:00+07:00"
"""While people still submit, and when whoever did not is decided on as well."""
TURNS: Mapping[str, tuple[str, Turn]] = {
    "the next one": (DURING, Turn()),
    "the next one, at the end": (AT_THE_END, Turn()),
    "anybody": (AT_THE_END, Turn(shuffled=True)),
    "by all filters": (DURING, Turn(unit="negeri kecamatan", advice="LOLOS", papers="LENGKAP", kategori="NON-ASN")),
    "of one unit": (DURING, Turn(unit="sd negeri 812 kecamatan")),
    "one state": (DURING, Turn(state=PersonState.TERDAFTAR)),
}


@dataclass(frozen=True)
class World:
    """An institution's people as they are, and as they stand in the tables."""

    people: Sequence[SearchRow]
    stored: Stored


@dataclass
class Cost:
    """Of a turn: the most calls and units, the least milliseconds of the processor, and how many wait."""

    calls: int = 0
    units: float = 0.0
    ms: float = float("inf")
    left: int = 0

    @property
    def holds(self) -> bool:
        """Whether it keeps to the limits."""
        return self.calls <= MOST_CALLS and self.units <= MOST_UNITS and self.ms <= MOST_MS


def main() -> int:
    """Print the figures; whether all keep to the limits is the exit code."""
    world = prepare(int("".join(sys.argv[1:2]) or large_index.LARGEST))
    costs = _measure(world)
    print(f"{'turn':<28}{'left':>8}{'calls':>7}{'units':>7}{'ms':>7}")
    for name, cost in costs.items():
        line = f"{name:<28}{cost.left:>8}{cost.calls:>7}{cost.units:>7.1f}{cost.ms:>7.1f}"
        print(f"{line}{'' if cost.holds else '  TOO MUCH'}")
    return 0 if all(cost.holds for cost in costs.values()) else 1


def prepare(count: int = large_index.LARGEST) -> World:
    """So many people, in the worst order."""
    people = list(large_index.lines(count))
    return World(people, stored(_tables(people)))


def take_each(world: World) -> list[NextView]:
    """Turns of each kind."""
    with answering(world.stored):
        return [_take(*turn) for turn in TURNS.values() for _ in range(_TIMES)]


def find_each(world: World) -> list[Expected]:
    """Who may be handed out at each of them."""
    workers = (INVITED, SPONSOR)
    turns = ((datetime.fromisoformat(at), turn) for at, turn in TURNS.values() for _ in range(_TIMES))
    return [expected(world.people, turn, at, workers) for at, turn in turns]


def check(taken: Sequence[NextView], expected: Sequence[Expected]) -> str | None:
    """What differs."""
    for one, other in zip(taken, expected, strict=True):
        if one.left != other.left:
            return f"{one.left} wait, not {other.left}"
        if one.id not in other.first:
            return f"of {one.left} one is handed out whose turn it is not"
    return None


def _measure(world: World) -> Mapping[str, Cost]:
    """Turns of each kind by turns, so that a machine that slows down is fair to all of them."""
    costs = {name: Cost() for name in TURNS}
    with answering(world.stored) as asked:
        for _ in range(ROUNDS):
            for name, cost in costs.items():
                asked.calls, asked.units = 0, 0.0
                start = time.process_time()
                cost.left = _take(*TURNS[name]).left
                cost.ms = min(cost.ms, 1000 * (time.process_time() - start))
                cost.calls, cost.units = max(cost.calls, asked.calls), max(cost.units, asked.units)
    return costs


def _take(at: str, turn: Turn) -> NextView:
    return take_next(turn, institution="9901", request=_request(at))


def _tables(people: Sequence[SearchRow]) -> Mapping[str, Iterable[Item]]:
    """What is read; made once the process is one of registration's functions."""
    own = chain(large_index.items("9901", list(people)), (make() for make in (_account,)))
    return {"reg": own, "gate": (make() for make in (_gate,)), "ttl": ()}


def _request(at: str) -> Request:
    actor = Actor(id=INVITED, role=Role.VERIFIKATOR, institution="9901")
    return replace(request_of(actor), received=datetime.fromisoformat(at))


def _account() -> Item:
    """His, who was invited by one of those who imported the list."""
    account = Account(
        id=INVITED,
        role=Role.VERIFIKATOR,
        institution="9901",
        units=(),
        pid=None,
        password_hash="",
        token_version=1,
        state=AccountState.AKTIF,
        v=1,
        salt=b"",
        encrypted=b"-" * 400,
        sponsors=(SPONSOR,),
    )
    return account_store._to_item(account)


def _gate() -> Item:
    times = {gate.opens(window): clock.millis(span.opens) for window, span in DEFAULT_2022.items()}
    times |= {gate.closes(window): clock.millis(span.closes) for window, span in DEFAULT_2022.items()}
    return {
        **gate.round_key("9901"),
        "ep": 1,
        "phase": Phase.PENGINPUTAN.value,
        "lanes": 32,
        "import_lanes": 8,
        **times,
    }


QUEUE_140K = Benchmark(
    id="queue-140k",
    what="the next record of the queue in an institution of 140,000 people, by different filters",
    peer_name="a loop over all rows, which are in memory",
    prepare=prepare,
    ours=take_each,
    peer=find_each,
    check=check,
    goal=5.0,
    most_s=_TIMES * len(TURNS) * MOST_MS / 1000,
)


if __name__ == "__main__":
    sys.exit(main())
