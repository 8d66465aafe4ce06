"""The locker: every minute anew, late, twice at once, or killed on its way (services/finalization/lock)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.model import store
from tests.model.store import Part
from tests.model.world import FENCED, Gate, Places, Round, Rules, Step, World


class Local(NamedTuple):
    """Between runs `seen` is None; on a run, the round as it was read, the locker's clock then, and the next item."""

    seen: Round | None = None
    at: int = 0
    next: int = 0


@dataclass(frozen=True)
class Locker:
    """A process that reads meta, closes each lane if it is due, and then meta."""

    me: int
    rules: Rules
    places: Places
    people: int

    def steps(self, world: World) -> Iterator[Step]:
        """What it can do next."""
        local: Local = world.processes[self.me]
        if local.seen is None:
            yield from self._begin(world)
            return
        yield self._step("is killed", world, Local())
        targets = self._targets()
        part = self._part(local.seen, local.at, targets[local.next])
        if store.held(world.items, part):
            return  # a conflict: it tries again
        if not part.when(world.items[part.at].value):
            yield self._step("finds that the round has moved", world, Local())
            return
        items = store.applied(world.items, part)
        after = local._replace(next=local.next + 1) if local.next + 1 < len(targets) else Local()
        if part.at == self.places.meta:
            yield self._step("closes meta: locked", world, after, items=items, decided=self._closed(world.round))
        else:
            yield self._step(f"closes {part.at - self.places.lane(0)}", world, after, items=items)

    def _begin(self, world: World) -> Iterator[Step]:
        meta: Round = world.items[self.places.meta].value
        now = world.now + self.rules.clock_ahead
        if meta.open and now >= self._last(meta) + self.rules.drain:
            yield self._step(f"begins with epoch {meta.epoch}", world, Local(meta, now))

    def _targets(self) -> list[int]:
        if self.rules.gate is Gate.ON_ITEM:
            return [*map(self.places.person, range(self.people)), self.places.meta]
        known = self.rules.lanes if self.rules.locker_lanes is None else self.rules.locker_lanes
        lanes, meta = [*map(self.places.lane, range(known))], [self.places.meta]
        return lanes + meta if self.rules.locker_meta_last else meta + lanes

    def _part(self, seen: Round, now: int, at: int) -> Part:
        def over(value: Round) -> bool:
            same = value.epoch == seen.epoch or not self.rules.locker_asks_epoch
            due = self._last(value) <= now or not self.rules.locker_asks_windows
            return same and due and (value.open or self.rules.locker_closes_twice)

        def swept(value: int) -> int:
            return value | FENCED if value else value

        if at >= self.places.person(0):
            return Part(at, lambda _: True, swept)
        return Part(at, over, self._closed)

    def _last(self, value: Round) -> int:
        return max(value.closes) if self.rules.locker_asks_all_windows else min(value.closes)

    def _closed(self, value: Round) -> Round:
        return value._replace(open=False)

    def _step(self, what: str, world: World, after: Local, **changes: Any) -> Step:
        return Step(f"locker {self.me} {what}", world.moved(self.me, after, **changes))
