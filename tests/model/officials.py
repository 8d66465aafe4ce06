"""Who moves the round by hand: pre-finalizing, finalizing early, extending, reopening, also for usulan.

Each reads meta, and then moves meta and all lanes in one transaction, to a new epoch, on condition that they still are
as he has read them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from typing import Any, NamedTuple

from tests.model import store
from tests.model.store import Part
from tests.model.world import ENTRY, NEVER, Places, Round, Rules, Step, World


class Deed(Enum):
    """What he does."""

    PREFINALIZE = "pre-finalizes"
    FINALIZE = "finalizes"
    EXTEND = "extends"
    REOPEN = "reopens"
    EXTEND_ENTRY = "extends entry"
    OPEN_USULAN = "opens for usulan"
    """As an extension while the round is open, and as a reopening once it is locked: as he reads it."""


class At(IntEnum):
    """Where he is; he does his deed once."""

    IDLE = auto()
    PREPARING = auto()
    COMMITTING = auto()
    DONE = auto()


class Local(NamedTuple):
    """What he knows: the round he makes, whether a locked one, and the parts of his transaction still to be done."""

    at: At = At.IDLE
    makes: Round | None = None
    todo: int = 0
    reopens: bool = False


@dataclass(frozen=True)
class Official:
    """A process that does one deed; at `until` both windows close after an extension or a reopening, or one alone."""

    me: int
    rules: Rules
    deed: Deed
    places: Places
    until: int = 0

    def steps(self, world: World) -> Iterator[Step]:
        """What he can do next."""
        local: Local = world.processes[self.me]
        if local.at is At.IDLE:
            yield from self._ask(world)
        elif local.at is At.PREPARING:
            yield from self._prepare(world, local)
        elif local.at is At.COMMITTING:
            yield from self._apply(world, local)

    def hangs(self, local: Local, now: int) -> bool:
        """Whether he would pre-finalize after the life of the function that cuts entry at the instant of receipt."""
        cuts = self.deed is Deed.PREFINALIZE and local.at is At.PREPARING and local.makes is not None
        return cuts and now > _made(local).listed + self.rules.life

    def _ask(self, world: World) -> Iterator[Step]:
        meta: Round = world.items[self.places.meta].value
        if (makes := self._makes(meta, world.now)) is not None:
            local = Local(At.PREPARING, makes, reopens=self._reopens(meta))
            local = local._replace(todo=store.every(self._parts(local)))
            yield self._step(f"{self.deed.value} to close at {makes.closes}", world, local)

    def _reopens(self, meta: Round) -> bool:
        return self.deed is Deed.REOPEN or (self.deed is Deed.OPEN_USULAN and not meta.open)

    def _makes(self, meta: Round, now: int) -> Round | None:
        closes = self._closes(meta, now)
        if closes is None:
            return None
        if self._reopens(meta):
            return Round(meta.epoch + int(self.rules.reopening_moves_epoch), closes, listed=meta.listed)
        listed = closes[ENTRY] if self.deed is Deed.PREFINALIZE else meta.listed
        return meta._replace(epoch=meta.epoch + 1, closes=closes, listed=listed)

    def _closes(self, meta: Round, now: int) -> tuple[int, int] | None:
        """When the windows are to close; None when he may not do his deed."""
        entry, last = meta.closes
        later, both = now < self.until, (self.until, self.until)
        may, closes = {
            Deed.REOPEN: (not meta.open and later, both),
            Deed.EXTEND: (meta.open and later and self.until > last, both),
            Deed.EXTEND_ENTRY: (meta.open and later and self.until > entry, (self.until, last)),
            Deed.OPEN_USULAN: (later and entry <= now and self.until > last, both),
            Deed.FINALIZE: (meta.open and now < last, (min(entry, now), now)),
            Deed.PREFINALIZE: (meta.open and now < last and meta.listed == NEVER, (min(entry, now), last)),
        }[self.deed]
        return closes if may else None

    def _parts(self, local: Local) -> tuple[Part, ...]:
        makes, reopens = _made(local), local.reopens
        read = makes.epoch - int(self.rules.reopening_moves_epoch or not reopens)

        def as_read(value: Round) -> bool:
            return value.epoch == read and (value.open is not reopens or not self.rules.moves_ask_open)

        listed = NEVER if self.deed is Deed.PREFINALIZE else makes.listed

        def record_as_read(value: Round) -> bool:
            return as_read(value) and (value.listed == listed or not self.rules.moves_ask_version)

        def move(value: Round) -> Round:
            return makes if reopens else makes._replace(open=value.open)

        lanes = map(self.places.lane, range(self.rules.lanes))
        return (Part(self.places.meta, record_as_read, move), *(Part(at, as_read, move) for at in lanes))

    def _prepare(self, world: World, local: Local) -> Iterator[Step]:
        parts = self._parts(local)
        if not local.todo:
            after = local._replace(at=At.COMMITTING, todo=store.every(parts))
            lost = "lists" if _made(local).listed < world.round.listed else ""
            yield self._step("commits", world, after, lost, decided=_made(local))
        for number in store.among(local.todo):
            part = parts[number]
            if store.held(world.items, part):
                yield self._cancelled("conflicts", world, Local())
            elif part.when(world.items[part.at].value):
                after = local._replace(todo=local.todo & ~(1 << number))
                items = store.prepared(world.items, part, self.me)
                yield self._step(f"prepares {_name(number)}", world, after, items=items)
            else:
                yield self._cancelled(f"is refused by {_name(number)}", world, Local(At.DONE))

    def _cancelled(self, what: str, world: World, after: Local) -> Step:
        return self._step(what, world, after, items=store.let_go(world.items, self.me))

    def _apply(self, world: World, local: Local) -> Iterator[Step]:
        parts = self._parts(local)
        for number in store.among(local.todo):
            todo = local.todo & ~(1 << number)
            items = store.applied(world.items, parts[number])
            after = local._replace(todo=todo) if todo else Local(At.DONE)
            yield self._step(f"has {_name(number)} applied", world, after, items=items)

    def _step(self, what: str, world: World, after: Local, breaks: str = "", **changes: Any) -> Step:
        return Step(f"official {self.me} {what}", world.moved(self.me, after, **changes), breaks)


@dataclass(frozen=True)
class OneByOne(Official):
    """Moves meta and the lanes one after the other, each on its own: what the one transaction is there to prevent."""

    def _prepare(self, world: World, local: Local) -> Iterator[Step]:
        parts = self._parts(local)
        number = store.among(local.todo)[0]
        part, todo = parts[number], local.todo & ~(1 << number)
        if store.held(world.items, part):
            return  # a conflict: he tries again
        if not part.when(world.items[part.at].value):
            yield self._step(f"is refused by {_name(number)}", world, Local(At.DONE))
            return
        items = store.applied(world.items, part)
        after = local._replace(todo=todo) if todo else Local(At.DONE)
        yield self._step(f"moves {_name(number)}", world, after, items=items, decided=_made(local))


def _made(local: Local) -> Round:
    if local.makes is None:
        raise ValueError("an official without a round to make")
    return local.makes


def _name(number: int) -> str:
    return "meta" if number == 0 else f"lane {number - 1}"
