"""A case: who takes part, under which rules and for how long; and what must hold in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.model import search, writers
from tests.model.listers import lister
from tests.model.lockers import Local as LockerLocal
from tests.model.lockers import Locker
from tests.model.officials import Deed, Official, OneByOne
from tests.model.officials import Local as OfficialLocal
from tests.model.portals import Local as PortalLocal
from tests.model.portals import Portal
from tests.model.reclaimers import Reclaimer
from tests.model.sealers import Local as SealerLocal
from tests.model.sealers import Sealer
from tests.model.search import Check, Found
from tests.model.unsound_writers import CheckThenWrite, OneAfterTheOther, PhaseOnItem
from tests.model.world import ENTRY, EXISTING, VERIFICATION, Gate, Places, Rules, Step, World, beginning
from tests.model.writers import Writer

PROPERTIES = {
    "I0": "nothing received at or after the close of its window commits",
    "I1": "no commit is decided after the lock, until a reopening",
    "I2": "the seal is the final state",
    "I3": "every acknowledged write is in the seal",
    "together": "who is moved in one write is sealed, and stands on a list, as moved together or not at all",
    "handed over": "an account goes with the record that says so, or alone; a record says so of no other account",
    "carried": "whoever was in time is not refused as late, unless a round decided since closed before his receipt",
    "early": "the portal pre-finalizes nobody whose entry is open",
    "lists": "every close of entry has one numbered list at most, and none that was made is forgotten",
    "listed": "once entry is over and its list made, whoever was entered in time stands on it",
}

Part = Writer | Official | Portal | Locker | Sealer


@dataclass(frozen=True)
class Wanted:
    """A write somebody wants: person 0 is on the roster, others are new; an import has the last lane for itself.

    A `patient` one waits in a queue, so it may take any time. With `also` it moves another person beside the first.
    One that `reclaims` takes the account of person 0 back.
    """

    person: int = 0
    window: int = VERIFICATION
    by_import: bool = False
    patient: bool = False
    also: int | None = None
    reclaims: bool = False

    @property
    def people(self) -> tuple[int, ...]:
        """Everybody it moves."""
        return (self.person,) if self.also is None else (self.person, self.also)


@dataclass(frozen=True)
class Act:
    """A deed of an official; `until` is when the windows shall close after an extension or a reopening."""

    deed: Deed
    until: int = 0


@dataclass(frozen=True)
class Case:
    """What takes part. `closes` are the windows of the first epoch, `horizon` the last tick of the clock.

    With a portal somebody makes the numbered lists, and no transaction outlives the function that sent it: lists are
    not fenced off by lanes, the five seconds by which the drain is longer than any function's life are for that.
    """

    writes: Sequence[Wanted]
    acts: Sequence[Act] = ()
    rules: Rules = field(default_factory=Rules)
    lockers: int = 1
    portals: int = 0
    seals: bool = True
    closes: tuple[int, int] = (1, 1)
    horizon: int = 2

    def search(self) -> Found:
        """Every state of it, and what is broken."""
        parts = self._parts()
        return search.search(self._start(parts), _stepper(self, parts), self._checked(parts))

    def hopeless(self) -> list[World]:
        """States from which the institution can no longer be locked and sealed, however lucky it is.

        Without a sealer: from which it can no longer come to a list made for the last close of entry.
        """
        parts = self._parts()
        goal = _locked_and_sealed if self.seals else _listed
        return search.hopeless(self._start(parts), _stepper(self, parts), goal)

    @property
    def people(self) -> tuple[int, ...]:
        """Everybody's value at the beginning."""
        return (EXISTING,) + (0,) * max(person for wanted in self.writes for person in wanted.people)

    def _parts(self) -> list[Part]:
        places = Places(self.rules.lanes)
        parts: list[Part] = [self._writer(me) for me in range(len(self.writes))]
        official = Official if self.rules.moves_together else OneByOne
        parts += [official(len(parts) + n, self.rules, a.deed, places, a.until) for n, a in enumerate(self.acts)]
        parts += [Portal(len(parts) + n, self.rules, places) for n in range(self.portals)]
        if self.portals:
            imports = tuple(me for me, wanted in enumerate(self.writes) if wanted.by_import)
            parts.append(lister(len(parts), self.rules, places, len(self.people), imports))
        parts += [Locker(len(parts) + n, self.rules, places, len(self.people)) for n in range(self.lockers)]
        if self.seals:
            parts.append(Sealer(len(parts), self.rules, places, len(self.people)))
        return parts

    def _writer(self, me: int) -> Writer:
        wanted = self.writes[me]
        imports = any(other.by_import for other in self.writes)
        last = self.rules.lanes - 1
        lanes = (last,) if wanted.by_import else tuple(range(last if imports else self.rules.lanes))
        through = Writer if self.rules.one_transaction else OneAfterTheOther
        if wanted.reclaims:
            places = Places(self.rules.lanes)
            return Reclaimer(
                me, self.rules, (0,), wanted.window, lanes, places, account=places.account(len(self.people))
            )
        kind = {Gate.LANE: through, Gate.ON_ITEM: PhaseOnItem}.get(self.rules.gate, CheckThenWrite)
        return kind(me, self.rules, wanted.people, wanted.window, lanes, Places(self.rules.lanes), wanted.patient)

    def _start(self, parts: Sequence[Part]) -> World:
        locals_ = {
            Writer: writers.Local(),
            Official: OfficialLocal(),
            Portal: PortalLocal(),
            Locker: LockerLocal(),
            Sealer: SealerLocal(),
        }
        first = tuple(next(local for kind, local in locals_.items() if isinstance(part, kind)) for part in parts)
        accounts = int(any(wanted.reclaims for wanted in self.writes))
        return beginning(self.rules, self.closes, self.people, first, accounts)

    def _checked(self, parts: Sequence[Part]) -> Check:
        reclaimers = [part for part in parts if isinstance(part, Reclaimer)]

        def check(world: World) -> Iterator[str]:
            yield from self._check(world)
            if any(reclaimer.apart(world) for reclaimer in reclaimers):
                yield "handed over"

        return check if reclaimers else self._check

    def _check(self, world: World) -> Iterator[str]:
        """What a sealed state, or one with a list, breaks; the other properties are broken by steps."""
        if _listed(world) and any(self._unlisted(world, me) for me in range(len(self.writes))):
            yield "listed"
        if world.listing and any(self._apart(world.listing.people, me) for me in range(len(self.writes))):
            yield "together"
        if world.seal is None or world.round.open or world.seal.epoch != world.round.epoch:
            return
        if world.seal.people != world.people:
            yield "I2"
        for me, wanted in enumerate(self.writes):
            acknowledged = world.processes[me].at is writers.At.ACKNOWLEDGED
            sealed = [bool(world.seal.people[person] & EXISTING << (me + 1)) for person in wanted.people]
            if acknowledged and not all(sealed):
                yield "I3"
            if self._apart(world.seal.people, me):
                yield "together"

    def _apart(self, people: Sequence[int], me: int) -> bool:
        """Whether one of the two whom a write moves stands there moved and the other does not."""
        moved = [bool(people[person] & EXISTING << (me + 1)) for person in self.writes[me].people]
        return any(moved) and not all(moved)

    def _unlisted(self, world: World, me: int) -> bool:
        """Whether a write under `ENTRY` has been decided whose person is not on the newest list."""
        wanted = self.writes[me]
        decided = world.processes[me].at in {writers.At.COMMITTING, writers.At.ACKNOWLEDGED}
        on_list = world.listing is not None and all(world.listing.people[person] for person in wanted.people)
        return wanted.window == ENTRY and decided and not on_list


def _stepper(case: Case, parts: Sequence[Part]) -> search.Steps:
    def ticks(world: World) -> bool:
        hangs = (
            part.hangs(local, world.now + 1)
            for part, local in zip(parts, world.processes, strict=True)
            if isinstance(part, Writer | Official)
        )
        return world.now < case.horizon and not (case.portals and any(hangs))

    def steps(world: World) -> Iterator[Step]:
        if ticks(world):
            yield Step(f"the clock shows {world.now + 1}", _ticked(world, parts))
        for part in parts:
            yield from part.steps(world)

    return steps


def _ticked(world: World, parts: Sequence[Part]) -> World:
    now = world.now + 1
    aged = (
        part.aged(local, now) if isinstance(part, Writer) else local
        for part, local in zip(parts, world.processes, strict=True)
    )
    return world._replace(now=now, processes=tuple(aged))


def _listed(world: World) -> bool:
    """Whether the list that was made is the newest that was asked for, and none is due."""
    made = world.listing is not None and world.listing.listed == world.round.listed
    return made and world.round.listed >= world.round.closes[ENTRY]


def _locked_and_sealed(world: World) -> bool:
    return not world.round.open and world.seal is not None and world.seal.epoch == world.round.epoch
