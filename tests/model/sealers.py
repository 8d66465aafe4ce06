"""The sealer: lists, reads, counts, compares, records (services/registration/seals, services/finalization/seal).

The list comes from an index that may be behind: of the new people it shows any part. Nothing is read at one moment:
people one after the other, then counters one lane after the other. Whatever is held is asked for again later.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, auto
from typing import Any, NamedTuple

from tests.model.store import FREE
from tests.model.world import EXISTING, FENCED, Places, Round, Rules, Seal, Step, World


class At(IntEnum):
    """Where it is."""

    IDLE = auto()
    LISTING = auto()
    READING = auto()
    COUNTING = auto()
    BUILT = auto()


class Local(NamedTuple):
    """What it knows: epoch, next item to read, who is listed, values read, sums of the counters."""

    at: At = At.IDLE
    epoch: int = 0
    next: int = 0
    listed: tuple[int, ...] = ()
    read: tuple[int, ...] = ()
    people: int = 0
    versions: int = 0


@dataclass(frozen=True)
class Sealer:
    """A process that seals whatever is locked and not sealed."""

    me: int
    rules: Rules
    places: Places
    count: int

    def steps(self, world: World) -> Iterator[Step]:
        """What it can do next."""
        local: Local = world.processes[self.me]
        does = {
            At.IDLE: self._begin,
            At.LISTING: self._list,
            At.READING: self._read,
            At.COUNTING: self._count,
            At.BUILT: self._record,
        }[local.at]
        yield from does(world, local)

    def _begin(self, world: World, _: Local) -> Iterator[Step]:
        meta: Round = world.items[self.places.meta].value
        if not meta.open and (world.seal is None or world.seal.epoch != meta.epoch):
            yield self._step(f"begins with epoch {meta.epoch}", world, Local(At.LISTING, meta.epoch))

    def _list(self, world: World, local: Local) -> Iterator[Step]:
        there = [n for n in range(self.count) if world.items[self.places.person(n)].value]
        sure = [n for n in there if world.items[self.places.person(n)].value & EXISTING]
        new = [n for n in there if n not in sure]
        for size in range(len(new) + 1):
            for shown in itertools.combinations(new, size):
                listed = tuple(sorted([*sure, *shown]))
                yield self._step(f"lists {listed}", world, Local(At.READING, local.epoch, 0, listed))

    def _read(self, world: World, local: Local) -> Iterator[Step]:
        item = world.items[self.places.person(local.next)]
        listed = local.next in local.listed
        if listed and self.rules.people_together and item.holder != FREE:
            return
        read = (*local.read, item.value & ~FENCED if listed else 0)
        more = local.next + 1 < self.count
        after = local._replace(next=local.next + 1, read=read) if more else Local(At.COUNTING, local.epoch, read=read)
        yield self._step(f"reads person {local.next}", world, after)

    def _count(self, world: World, local: Local) -> Iterator[Step]:
        counter = world.items[self.places.counter(local.next)]
        if self.rules.counters_together and counter.holder != FREE:
            return
        people, versions = local.people + counter.value[0], local.versions + counter.value[1]
        after = local._replace(next=local.next + 1, people=people, versions=versions)
        if after.next == self.rules.lanes:
            after = Local(At.BUILT, local.epoch, read=local.read) if self._equal(after) else Local()
        yield self._step(f"reads counter {local.next}", world, after)

    def _equal(self, local: Local) -> bool:
        people = sum(1 for value in local.read if value)
        versions = sum(value.bit_count() for value in local.read)
        return (people == local.people or not self.rules.compares_people) and (
            versions == local.versions or not self.rules.compares_versions
        )

    def _record(self, world: World, local: Local) -> Iterator[Step]:
        meta = world.items[self.places.meta]
        if meta.holder != FREE:
            return  # a conflict: it tries again
        locked = meta.value.epoch == local.epoch and not meta.value.open
        if self.rules.record_asks_epoch and not locked:
            yield self._step("is too late to record", world, Local())
            return
        stale = world.round.open or local.read != world.people
        yield self._step("records", world, Local(), "I2" if stale else "", seal=Seal(local.epoch, local.read))

    def _step(self, what: str, world: World, after: Local, breaks: str = "", **changes: Any) -> Step:
        return Step(f"sealer {self.me} {what}", world.moved(self.me, after, **changes), breaks)
