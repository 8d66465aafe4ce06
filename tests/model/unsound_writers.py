"""Writers that do not ask the gate inside their transaction: what the protocol is there to prevent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.model import store
from tests.model.store import Part
from tests.model.world import EXISTING, FENCED, Gate, Round, Step, World
from tests.model.writers import At, Local, Writer


@dataclass(frozen=True)
class CheckThenWrite(Writer):
    """Looks at a lane, or at its own clock, and then writes the person alone."""

    def _try(self, world: World, local: Local) -> Iterator[Step]:
        lane: Round = world.items[self.places.lane(0)].value
        meta: Round = world.items[self.places.meta].value
        if self.rules.gate is Gate.READ_FIRST:
            may = lane.open and lane.closes[self.window] > local.received
        else:
            may = meta.closes[self.window] > local.received
        yield self._step(f"looks: {'open' if may else 'closed'}", world, _sure(local) if may else Local(At.REFUSED))

    def _prepare(self, world: World, local: Local) -> Iterator[Step]:
        yield from _write_alone(self, world, local)


@dataclass(frozen=True)
class PhaseOnItem(Writer):
    """Writes the person alone, on condition that the locker has not swept him; a new person has nothing to ask."""

    def _try(self, world: World, local: Local) -> Iterator[Step]:
        yield self._step("sends its write", world, _sure(local))

    def _prepare(self, world: World, local: Local) -> Iterator[Step]:
        yield from _write_alone(self, world, local)


@dataclass(frozen=True)
class OneAfterTheOther(Writer):
    """Moves its two people through the gate, but each in a transaction of its own; its function may end between."""

    def steps(self, world: World) -> Iterator[Step]:
        """What it can do next, for the first of them or for the second."""
        local: Local = world.processes[self.me]
        first, second = self._moved(world)
        on_second = second or (first and local.at is not At.COMMITTING)
        alone = replace(self, people=self.people[1:] if on_second else self.people[:1])
        for step in Writer.steps(alone, world):
            after: Local = step.after.processes[self.me]
            more = after.at is At.ACKNOWLEDGED and not all(self._moved(step.after))
            again = self.aged(Local(At.RECEIVED), world.now)
            yield step._replace(after=step.after.moved(self.me, again)) if more else step

    def _moved(self, world: World) -> list[bool]:
        return [bool(world.people[person] & EXISTING << (self.me + 1)) for person in self.people]


def _sure(local: Local) -> Local:
    return Local(At.PREPARING, local.received, local.epoch, stamp=local.received)


def _write_alone(writer: Writer, world: World, local: Local) -> Iterator[Step]:
    part: Part = writer.parts(local)[2]
    value = world.items[part.at].value
    if value & FENCED:
        yield writer._refused(world, local)
    elif part.when(value):
        decided = writer._decide(world, local)
        done = decided.after.moved(writer.me, Local(At.ACKNOWLEDGED), items=store.applied(world.items, part))
        yield decided._replace(after=done)
