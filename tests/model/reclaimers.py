"""Who takes an account back (services/registration/reclaims): with the record in time, the login alone later.

The account is an item beside the roster: nobody counts or seals it. In time it goes in the record's own transaction,
through the gate; later in a write of its own that asks no gate, for no window rules a login, nor does the lock.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.model import store
from tests.model.store import Part
from tests.model.world import EXISTING, Round, Step, World
from tests.model.writers import At, Local, Writer

_ALONE: Final = -1
"""In place of a lane: the login alone."""


@dataclass(frozen=True)
class Reclaimer(Writer):
    """A process that takes back the account in the item `account`, of the first of `people`."""

    account: int = 0

    def parts(self, local: Local) -> tuple[Part, ...]:
        """Its transaction: as a writer's and the account, or the account alone."""
        gated = (*Writer.parts(self, local._replace(lane=max(0, local.lane)))[:2], self._record())
        account = Part(self.account, lambda value: value == 0, lambda value: value | self._bit)
        if local.lane == _ALONE:
            return (account,) if self.rules.login_alone_leaves_record else (account, gated[-1])
        return (*gated, account) if self.rules.account_goes_along else gated

    def _record(self) -> Part:
        """The record as it is now: who finds it changed reads it again and goes on."""
        at = self.places.person(self.people[0])
        return Part(at, lambda value: bool(value & EXISTING), lambda value: value | self._bit)

    def handed_over(self, world: World) -> tuple[bool, bool]:
        """Whether the record says that its account went to him, and whether the account did."""
        record, account = world.people[self.people[0]], world.items[self.account].value
        return bool(record & self._bit), bool(account & self._bit)

    def apart(self, world: World) -> bool:
        """Whether he is done, or dead, and his record says something else than the account."""
        at = world.processes[self.me].at
        said = {At.ACKNOWLEDGED: (True, True), At.LOGIN: (False, True)}.get(at, (False, False))
        return at in _ENDED and self.handed_over(world) != said

    @property
    def _bit(self) -> int:
        return EXISTING << (self.me + 1)

    def _read(self, world: World, local: Local) -> Iterator[Step]:
        meta: Round = world.items[self.places.meta].value
        if local.received < meta.closes[self.window]:
            yield from Writer._read(self, world, local)
        else:
            yield self._send_alone(world, local)

    def _send_alone(self, world: World, local: Local) -> Step:
        alone = Local(At.PREPARING, local.received, lane=_ALONE, stamp=local.received)
        return self._step("sends the login alone", world, alone._replace(todo=store.every(self.parts(alone))))

    def _try(self, world: World, local: Local) -> Iterator[Step]:
        if local.lane == _ALONE:
            yield self._send_alone(world, local)
            return
        for step in Writer._try(self, world, local):
            sent: Local = step.after.processes[self.me]
            whole = sent._replace(todo=store.every(self.parts(sent)))
            yield step._replace(after=step.after.moved(self.me, whole))

    def _prepare(self, world: World, local: Local) -> Iterator[Step]:
        if local.lane != _ALONE:
            yield from Writer._prepare(self, world, local)
            return
        parts = self.parts(local)
        if not local.todo:
            yield self._decide(world, local)
        for number in store.among(local.todo):
            part = parts[number]
            if store.held(world.items, part):
                yield self._cancelled("conflicts", world, Local(At.RECEIVED, local.received))
            elif part.when(world.items[part.at].value):
                after = local._replace(todo=local.todo & ~(1 << number))
                yield self._step(f"prepares {number}", world, after, items=store.prepared(world.items, part, self.me))
            else:
                yield self._cancelled("finds the account gone", world, Local(At.LOST))

    def _decide(self, world: World, local: Local) -> Step:
        alone = local.lane == _ALONE
        writes_record = not alone or not self.rules.login_alone_leaves_record
        people = list(world.people)
        if writes_record:
            people[self.people[0]] |= self._bit
        after = Local(At.COMMITTING, local.received, lane=local.lane, todo=store.every(self.parts(local)))
        breaks = self._breaks(world, local) if writes_record else ""
        return self._step("commits the login" if alone else "commits", world, after, breaks, people=tuple(people))

    def _apply(self, world: World, local: Local) -> Iterator[Step]:
        parts = self.parts(local)
        for number in store.among(local.todo):
            todo = local.todo & ~(1 << number)
            items = store.applied(world.items, parts[number])
            after = local._replace(todo=todo) if todo else self._done(world, local)
            yield self._step(f"has part {number} applied", world, after, items=items)

    def _done(self, world: World, local: Local) -> Local:
        if local.lane == _ALONE:
            return Local(At.ACKNOWLEDGED if self.handed_over(world)[0] else At.LOGIN)
        if self.rules.account_goes_along:
            return Local(At.ACKNOWLEDGED)
        later = Local(At.READY, local.received, lane=_ALONE)
        return self.aged(later, world.now)


_ENDED: Final = frozenset({At.ACKNOWLEDGED, At.LOGIN, At.REFUSED, At.LOST, At.GONE})
