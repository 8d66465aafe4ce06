"""A case: who takes part, under which rules and for how long; and what must hold in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.model import search, writers
from tests.model.lockers import Local as LockerLocal
from tests.model.lockers import Locker
from tests.model.officials import Deed, Official, OneByOne
from tests.model.officials import Local as OfficialLocal
from tests.model.sealers import Local as SealerLocal
from tests.model.sealers import Sealer
from tests.model.search import Found
from tests.model.unsound_writers import CheckThenWrite, PhaseOnItem
from tests.model.world import EXISTING, VERIFICATION, Gate, Places, Rules, Step, World, beginning
from tests.model.writers import Writer

PROPERTIES = {
    "I0": "nothing received at or after the close of its window commits",
    "I1": "no commit is decided after the lock, until a reopening",
    "I2": "the seal is the final state",
    "I3": "every acknowledged write is in the seal",
    "carried": "whoever was in time is not refused as late, unless a round decided since closed before his receipt",
}


@dataclass(frozen=True)
class Wanted:
    """A write somebody wants: person 0 is on the roster, others are new; an import has the last lane for itself."""

    person: int = 0
    window: int = VERIFICATION
    by_import: bool = False


@dataclass(frozen=True)
class Act:
    """A deed of an official; `until` is when the windows shall close after an extension or a reopening."""

    deed: Deed
    until: int = 0


@dataclass(frozen=True)
class Case:
    """What takes part. `closes` are the windows of the first epoch, `horizon` the last tick of the clock."""

    writes: Sequence[Wanted]
    acts: Sequence[Act] = ()
    rules: Rules = field(default_factory=Rules)
    lockers: int = 1
    seals: bool = True
    closes: tuple[int, int] = (1, 1)
    horizon: int = 2

    def search(self) -> Found:
        """Every state of it, and what is broken."""
        parts = self._parts()
        return search.search(self._start(parts), _stepper(self, parts), self._check)

    def hopeless(self) -> list[World]:
        """States from which the institution can no longer be locked and sealed, however lucky it is."""
        parts = self._parts()
        return search.hopeless(self._start(parts), _stepper(self, parts), _locked_and_sealed)

    @property
    def people(self) -> tuple[int, ...]:
        """Everybody's value at the beginning."""
        return (EXISTING,) + (0,) * max(wanted.person for wanted in self.writes)

    def _parts(self) -> list[Writer | Official | Locker | Sealer]:
        places = Places(self.rules.lanes)
        parts: list[Writer | Official | Locker | Sealer] = [self._writer(me) for me in range(len(self.writes))]
        official = Official if self.rules.moves_together else OneByOne
        parts += [official(len(parts) + n, self.rules, a.deed, places, a.until) for n, a in enumerate(self.acts)]
        parts += [Locker(len(parts) + n, self.rules, places, len(self.people)) for n in range(self.lockers)]
        if self.seals:
            parts.append(Sealer(len(parts), self.rules, places, len(self.people)))
        return parts

    def _writer(self, me: int) -> Writer:
        wanted = self.writes[me]
        imports = any(other.by_import for other in self.writes)
        last = self.rules.lanes - 1
        lanes = (last,) if wanted.by_import else tuple(range(last if imports else self.rules.lanes))
        kind = {Gate.LANE: Writer, Gate.ON_ITEM: PhaseOnItem}.get(self.rules.gate, CheckThenWrite)
        return kind(me, self.rules, wanted.person, wanted.window, lanes, Places(self.rules.lanes))

    def _start(self, parts: Sequence[Writer | Official | Locker | Sealer]) -> World:
        locals_ = {
            Writer: writers.Local(),
            Official: OfficialLocal(),
            Locker: LockerLocal(),
            Sealer: SealerLocal(),
        }
        first = tuple(next(local for kind, local in locals_.items() if isinstance(part, kind)) for part in parts)
        return beginning(self.rules, self.closes, self.people, first)

    def _check(self, world: World) -> Iterator[str]:
        """What a sealed state breaks; I0, I1 and `carried` are broken by steps."""
        if world.seal is None or world.round.open or world.seal.epoch != world.round.epoch:
            return
        if world.seal.people != world.people:
            yield "I2"
        for me, wanted in enumerate(self.writes):
            acknowledged = world.processes[me].at is writers.At.ACKNOWLEDGED
            if acknowledged and not world.seal.people[wanted.person] & EXISTING << (me + 1):
                yield "I3"


def _stepper(case: Case, parts: Sequence[Writer | Official | Locker | Sealer]) -> search.Steps:
    def steps(world: World) -> Iterator[Step]:
        if world.now < case.horizon:
            yield Step(f"the clock shows {world.now + 1}", _ticked(world, parts))
        for part in parts:
            yield from part.steps(world)

    return steps


def _ticked(world: World, parts: Sequence[Writer | Official | Locker | Sealer]) -> World:
    now = world.now + 1
    aged = (
        part.aged(local, now) if isinstance(part, Writer) else local
        for part, local in zip(parts, world.processes, strict=True)
    )
    return world._replace(now=now, processes=tuple(aged))


def _locked_and_sealed(world: World) -> bool:
    return not world.round.open and world.seal is not None and world.seal.epoch == world.round.epoch
