"""The portal itself: pre-finalizes when entry has ended (services/finalization/prefinal).

It reads meta, that is, the institution's record, and then writes it alone: no lane, no epoch. It comes every minute
anew, late, twice at once, or is killed on its way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.model import store
from tests.model.store import Part
from tests.model.world import ENTRY, NEVER, Places, Round, Rules, Step, World


class Local(NamedTuple):
    """Between runs `seen` is None; on a run, the round as it was read."""

    seen: Round | None = None


@dataclass(frozen=True)
class Portal:
    """A process that numbers the list of whoever is due."""

    me: int
    rules: Rules
    places: Places

    def steps(self, world: World) -> Iterator[Step]:
        """What it can do next."""
        local: Local = world.processes[self.me]
        meta: Round = world.items[self.places.meta].value
        if local.seen is None:
            if self._due(meta, world.now + self.rules.clock_ahead):
                yield self._step(f"finds epoch {meta.epoch} due", world, Local(meta))
            return
        yield self._step("is killed", world, Local())
        part = self._part(local.seen)
        if store.held(world.items, part):
            return  # a conflict: it tries again
        if not part.when(meta):
            yield self._step("finds that the record has moved", world, Local())
            return
        closed = local.seen.closes[ENTRY]
        items, decided = store.applied(world.items, part), world.round._replace(listed=closed)
        label = f"pre-finalizes for the close at {closed}"
        yield self._step(label, world, Local(), self._breaks(world), items=items, decided=decided)

    def _due(self, meta: Round, now: int) -> bool:
        drain = self.rules.drain if self.rules.portal_drains else 0
        listed = meta.listed >= meta.closes[ENTRY] if self.rules.portal_lists_again else meta.listed != NEVER
        return meta.open and not listed and meta.closes[ENTRY] + drain <= now < max(meta.closes)

    def _part(self, seen: Round) -> Part:
        def as_read(value: Round) -> bool:
            return value == seen or not self.rules.portal_asks_version

        return Part(self.places.meta, as_read, lambda value: value._replace(listed=seen.closes[ENTRY]))

    def _breaks(self, world: World) -> str:
        if world.now < world.round.closes[ENTRY]:
            return "early"
        return "lists" if world.round.listed >= world.round.closes[ENTRY] else ""

    def _step(self, what: str, world: World, after: Local, breaks: str = "", **changes: Any) -> Step:
        return Step(f"portal {self.me} {what}", world.moved(self.me, after, **changes), breaks)
