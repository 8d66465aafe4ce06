"""Writers: each carries one write of one person, or of two, through the gate (services/kernel/writes/gate.py).

idle → received (stamped) → ready (round read) ⇄ preparing → committing → acknowledged; or refused, lost (somebody else
wrote this person), gone (its function's life is over). A transaction already sent goes on without its function.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, auto
from typing import Any, NamedTuple

from tests.model import store
from tests.model.store import Part
from tests.model.world import EXISTING, Places, Round, Rules, Step, World


class At(IntEnum):
    """Where a writer is."""

    IDLE = auto()
    RECEIVED = auto()
    READY = auto()
    PREPARING = auto()
    COMMITTING = auto()
    UNSURE = auto()
    """A lane refused it; it reads meta to learn why."""
    ACKNOWLEDGED = auto()
    REFUSED = auto()
    LOST = auto()
    GONE = auto()
    LOGIN = auto()
    """A reclaim took the login alone."""


class Local(NamedTuple):
    """What a writer knows: instant of receipt, epoch of the round it has read, its lane, parts still to be done.

    `stamp` is the instant its transaction speaks of: that of the receipt, unless a rule is left out.
    """

    at: At = At.IDLE
    received: int = 0
    epoch: int = 0
    lane: int = 0
    todo: int = 0
    stamp: int = 0


@dataclass(frozen=True)
class Writer:
    """A process that writes `people` in `window`, on one of `lanes` (an import has one of its own).

    A `patient` one comes again from its queue for as long as it takes.
    """

    me: int
    rules: Rules
    people: tuple[int, ...]
    window: int
    lanes: tuple[int, ...]
    places: Places
    patient: bool = False

    def steps(self, world: World) -> Iterator[Step]:
        """What it can do next."""
        local: Local = world.processes[self.me]
        does = {
            At.IDLE: self._receive,
            At.RECEIVED: self._read,
            At.READY: self._try,
            At.UNSURE: self._read_again,
            At.PREPARING: self._prepare,
            At.COMMITTING: self._apply,
        }.get(local.at)
        if does is not None:
            yield from does(world, local)

    def aged(self, local: Local, now: int) -> Local:
        """The writer after a tick: its function ends with its life; a transaction on its way does not."""
        waits = local.at in {At.RECEIVED, At.READY, At.UNSURE}
        return Local(At.GONE) if waits and not self._lives(local, now) else local

    def hangs(self, local: Local, now: int) -> bool:
        """Whether its transaction would outlive its function, or the moment in which it was decided."""
        return local.at is At.COMMITTING or (local.at is At.PREPARING and not self._lives(local, now))

    def _lives(self, local: Local, now: int) -> bool:
        return self.patient or now <= local.received + self.rules.life + self.rules.clock_behind

    def _receive(self, world: World, _: Local) -> Iterator[Step]:
        for stamp in range(max(0, world.now - self.rules.clock_behind), world.now + 1):
            yield self._step(f"received at {stamp}", world, Local(At.RECEIVED, stamp))

    def _read(self, world: World, local: Local) -> Iterator[Step]:
        meta: Round = world.items[self.places.meta].value
        in_time = local.received < meta.closes[self.window]
        after = Local(At.READY, local.received, meta.epoch) if in_time else Local(At.REFUSED)
        yield self._step(f"reads epoch {meta.epoch}, {'in time' if in_time else 'too late'}", world, after)

    def _try(self, world: World, local: Local) -> Iterator[Step]:
        stamp = world.now if self.rules.stamps_again else local.received
        for lane in self.lanes:
            sent = Local(At.PREPARING, local.received, local.epoch, lane, self._all, stamp)
            yield self._step(f"sends its transaction on lane {lane}", world, sent)

    def _read_again(self, world: World, local: Local) -> Iterator[Step]:
        yield self._told(world, local, world.items[self.places.meta].value)

    def _told(self, world: World, local: Local, now: Round) -> Step:
        """What a refusal by the lane means, by what is known of the round (`_moved_round`)."""
        if now.epoch != local.epoch and local.received < now.closes[self.window]:
            return self._step(f"learns epoch {now.epoch}", world, Local(At.READY, local.received, now.epoch))
        return self._refused(world, local)

    def _refused(self, world: World, local: Local) -> Step:
        late = local.received >= world.round.closes[self.window]
        return self._step("is refused as late", world, Local(At.REFUSED), "" if late else "carried")

    @property
    def _all(self) -> int:
        return (1 << 2 + len(self.people)) - 1

    def parts(self, local: Local) -> tuple[Part, ...]:
        """Its transaction: check of the lane, counter of the lane, each person."""
        new = sum(person != 0 for person in self.people)
        versions = len(self.people) if self.rules.counts_each_person else 1

        def still_open(lane: Round) -> bool:
            return lane.open and lane.closes[self.window] > local.stamp and lane.epoch == local.epoch

        return (
            Part(self.places.lane(local.lane), still_open, lambda lane: lane),
            Part(self.places.counter(local.lane), lambda _: True, lambda count: (count[0] + new, count[1] + versions)),
            *map(self._part, self.people),
        )

    def _part(self, person: int) -> Part:
        before, bit = EXISTING if person == 0 else 0, EXISTING << (self.me + 1)
        return Part(self.places.person(person), lambda value: value == before, lambda value: value | bit)

    def _prepare(self, world: World, local: Local) -> Iterator[Step]:
        parts = self.parts(local)
        if not local.todo:
            yield self._decide(world, local)
        for number in store.among(local.todo):
            part = parts[number]
            if store.held(world.items, part):
                yield self._cancelled("conflicts", world, Local(At.READY, local.received, local.epoch))
            elif part.when(world.items[part.at].value):
                items = store.prepared(world.items, part, self.me)
                after = local._replace(todo=local.todo & ~(1 << number))
                yield self._step(f"prepares {_NAMES[number]}", world, after, items=items)
            elif number == 0:
                yield from self._shut_out(world, local, world.items[part.at].value)
            else:
                yield self._cancelled("finds the person changed", world, Local(At.LOST))

    def _shut_out(self, world: World, local: Local, lane: Round) -> Iterator[Step]:
        unsure = Local(At.UNSURE, local.received, local.epoch)
        cancelled = self._cancelled("is refused by the lane", world, unsure)
        alive = cancelled.after.processes[self.me].at is At.UNSURE
        if alive and self.rules.lane_tells:
            told = self._told(cancelled.after, unsure, lane if lane.open else lane._replace(closes=(0, 0)))
            yield told._replace(label=f"{cancelled.label}, {told.label}")
        else:
            yield cancelled

    def _cancelled(self, what: str, world: World, after: Local) -> Step:
        items = store.let_go(world.items, self.me)
        return self._step(what, world, self.aged(after, world.now), items=items)

    def _decide(self, world: World, local: Local) -> Step:
        people = list(world.people)
        for person in self.people:
            people[person] = self._part(person).becomes(people[person])
        after = Local(At.COMMITTING, lane=local.lane, todo=self._all)
        return self._step("commits", world, after, self._breaks(world, local), people=tuple(people))

    def _breaks(self, world: World, local: Local) -> str:
        if not world.round.open:
            return "I1"
        return "I0" if local.stamp >= world.round.closes[self.window] else ""

    def _apply(self, world: World, local: Local) -> Iterator[Step]:
        parts = self.parts(local)
        for number in store.among(local.todo):
            todo = local.todo & ~(1 << number)
            items = store.applied(world.items, parts[number])
            after = local._replace(todo=todo) if todo else Local(At.ACKNOWLEDGED)
            yield self._step(f"has {_NAMES[number]} applied", world, after, items=items)

    def _step(self, what: str, world: World, after: Local, breaks: str = "", **changes: Any) -> Step:
        return Step(f"writer {self.me} {what}", world.moved(self.me, after, **changes), breaks)


_NAMES = ("the lane", "the counter", "the person", "the other person")
