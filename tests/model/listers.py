"""Who makes the numbered pre-final list: as the sealer, but while people work (services/registration/seals).

Only the number of people is compared with the counters, each read with nothing pending on it. It begins when the drain
after the close of entry is over and no import that arrived before that close is under way.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.model.sealers import At, Local, Sealer
from tests.model.world import NEVER, Listing, Places, Round, Rules, Step, World
from tests.model.writers import At as WriterAt
from tests.model.writers import Local as WriterLocal

_UNDER_WAY = frozenset({WriterAt.RECEIVED, WriterAt.READY, WriterAt.UNSURE, WriterAt.PREPARING, WriterAt.COMMITTING})


@dataclass(frozen=True)
class Lister(Sealer):
    """A process that makes whatever list was asked for and is not made; `imports` are the writers it looks at."""

    imports: tuple[int, ...] = ()

    def _begin(self, world: World, _: Local) -> Iterator[Step]:
        meta: Round = world.items[self.places.meta].value
        made = world.listing is not None and world.listing.listed == meta.listed
        if meta.listed != NEVER and not made and self._ready(world, meta):
            yield self._step(f"begins the list of {meta.listed}", world, Local(At.LISTING, meta.listed))

    def _ready(self, world: World, meta: Round) -> bool:
        drained = meta.listed + self.rules.drain <= world.now
        waits = any(self._under_way(world.processes[number], meta.listed) for number in self.imports)
        return (drained or not self.rules.list_drains) and not (waits and self.rules.list_waits_for_imports)

    def _under_way(self, job: WriterLocal, closed: int) -> bool:
        return job.at in _UNDER_WAY and job.received < closed

    def _record(self, world: World, local: Local) -> Iterator[Step]:
        meta: Round = world.items[self.places.meta].value
        if meta.listed != local.epoch:
            yield self._step("has made an older list", world, Local())
            return
        yield self._step("has made the list", world, Local(), listing=Listing(local.epoch, local.read))


def lister(me: int, rules: Rules, places: Places, count: int, imports: tuple[int, ...]) -> Lister:
    """One that reads as the list's maker does."""
    return Lister(me, replace(rules, compares_versions=False), places, count, imports)
