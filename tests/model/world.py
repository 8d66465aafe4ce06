"""What one state of the model consists of, and what the protocol's rules are: as built, or with one rule left out."""

from dataclasses import dataclass
from enum import IntEnum, auto
from typing import Any, NamedTuple

from tests.model.store import Item, Items

ENTRY, VERIFICATION = 0, 1
"""Two windows stand for the four: one that closes early and the last one."""
EXISTING = 1
"""The bit of a person's value that says he was on the roster from the start; writer n sets bit n + 1."""
NEVER = -1
"""Before every instant: of an institution that has no numbered list."""
FENCED = 1 << 7
"""The bit that only the unsound copy of the phase on every person uses."""


class Round(NamedTuple):
    """What meta and every lane carry: epoch, closing instant of each window, open or closed.

    `listed` is of meta alone, that is, of the institution's record: the close of entry its newest list was made for.
    """

    epoch: int
    closes: tuple[int, int]
    open: bool = True
    listed: int = NEVER


class Seal(NamedTuple):
    """A recorded seal: of which epoch, and each person's value."""

    epoch: int
    people: tuple[int, ...]


class Listing(NamedTuple):
    """A numbered list as it was made: which one, by the close of entry it was made for, and each person's value."""

    listed: int
    people: tuple[int, ...]


class World(NamedTuple):
    """One state. `round` and `people` are the truth: what has been decided, applied yet or not."""

    now: int
    round: Round
    people: tuple[int, ...]
    items: Items
    processes: tuple[Any, ...]
    seal: Seal | None = None
    listing: Listing | None = None

    def moved(
        self,
        process: int,
        local: Any,
        *,
        items: Items | None = None,
        decided: Round | None = None,
        people: tuple[int, ...] | None = None,
        seal: Seal | None = None,
        listing: Listing | None = None,
    ) -> "World":
        """The next state, in which this process has another local state, and whatever else is given."""
        return World(
            self.now,
            decided or self.round,
            people or self.people,
            items or self.items,
            (*self.processes[:process], local, *self.processes[process + 1 :]),
            seal or self.seal,
            listing or self.listing,
        )


class Step(NamedTuple):
    """One step: what happened, the state after it, and the property it breaks, if any."""

    label: str
    after: World
    breaks: str = ""


class Gate(IntEnum):
    """How a writer makes sure that the round is open."""

    LANE = auto()
    """A condition on a lane, in the transaction (as built)."""
    READ_FIRST = auto()
    """It reads a lane, then writes."""
    OWN_CLOCK = auto()
    """It compares its own clock with the window, then writes."""
    ON_ITEM = auto()
    """A condition on a phase copied onto every person; the locker sweeps them."""


@dataclass(frozen=True)
class Rules:
    """The protocol: every default is as built; an unsound variant changes one of them. Times are ticks of the clock."""

    lanes: int = 2
    life: int = 1
    """How long after its receipt a function may still act (30 s)."""
    drain: int = 1
    """How long after the last close the locker waits (45 s): no shorter than `life`."""
    clock_behind: int = 0
    """How far the clock that stamps receipts may be behind."""
    clock_ahead: int = 0
    """How far the locker's and the portal's clocks are ahead."""
    gate: Gate = Gate.LANE
    one_transaction: bool = True
    """A write that moves two people moves them in one."""
    counts_each_person: bool = True
    """A write that moves two people counts a version for each."""
    stamps_again: bool = False
    """Every attempt takes a new instant of receipt."""
    lane_tells: bool = True
    """A writer whose lane refused it learns the round from that lane, not by a read of meta."""
    moves_together: bool = True
    """Whoever moves the round moves meta and all lanes in one transaction."""
    moves_ask_open: bool = True
    """An extension is refused when the locker has begun."""
    moves_ask_version: bool = True
    """Whoever moves the round does it to the institution's record as he has read it, its list included."""
    reopening_moves_epoch: bool = True
    locker_lanes: int | None = None
    """How many lanes the locker believes there are."""
    locker_asks_epoch: bool = True
    locker_asks_windows: bool = True
    locker_asks_all_windows: bool = True
    locker_meta_last: bool = True
    """The locker closes meta, which announces the lock, after every lane."""
    locker_closes_twice: bool = True
    """Closing a lane that is closed already is the same as closing it once."""
    counters_together: bool = True
    """The sealer reads counters with TransactGetItems."""
    people_together: bool = True
    compares_people: bool = True
    """The sealer compares the number of people with the counters."""
    compares_versions: bool = True
    """The sealer compares the sum of the versions with the counters."""
    record_asks_epoch: bool = True
    """A seal is recorded only while the epoch it speaks of is locked."""
    portal_asks_version: bool = True
    """The portal pre-finalizes the institution's record as it has read it."""
    portal_drains: bool = True
    """It waits for the drain after the close of entry."""
    portal_lists_again: bool = True
    """A list made for an earlier close of entry does not stand for this one."""
    list_drains: bool = True
    """A numbered list, also one by hand, is begun after the drain."""
    list_waits_for_imports: bool = True
    account_goes_along: bool = True
    """A reclaim in time hands the account over in the transaction that says so on the record."""
    login_alone_leaves_record: bool = True
    """A reclaim that comes later writes nothing of the record."""


@dataclass(frozen=True)
class Places:
    """Where things lie among the items: meta first, then lanes, counters, people."""

    lanes: int
    meta: int = 0

    def lane(self, number: int) -> int:
        """The item of a lane."""
        return 1 + number

    def counter(self, number: int) -> int:
        """The item of a lane's counter: (people, versions)."""
        return 1 + self.lanes + number

    def person(self, number: int) -> int:
        """The item of a person: a set of bits, 0 for one who is not there."""
        return 1 + 2 * self.lanes + number

    def account(self, people: int) -> int:
        """The item of the account of person 0, behind so many people: 0, or the bit of who took it back."""
        return self.person(people)


def beginning(
    rules: Rules, closes: tuple[int, int], people: tuple[int, ...], processes: tuple[Any, ...], accounts: int = 0
) -> World:
    """An open round whose first lane has counted the people who are there already; accounts lie behind them."""
    round_ = Round(1, closes)
    there = sum(1 for person in people if person)
    counters = [(there, there)] + [(0, 0)] * (rules.lanes - 1)
    values = [round_] * (1 + rules.lanes) + counters + list(people) + [0] * accounts
    return World(0, round_, people, tuple(Item(value) for value in values), processes)
