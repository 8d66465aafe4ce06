"""Which lists of titles are in force, and since when (item `TITLES`/`@`), as every function keeps it in memory.

A list is put here `NOTICE` before it holds, and taken out again not later than `LEARNT_WITHIN` before
(model/title_list.py): whoever reads it anew each minute knows in time, and all functions change at the same instant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Operation
from services.registration.adapters import title_store
from services.registration.eligibility import in_force
from services.registration.eligibility.blocklist import Blocklist
from services.registration.eligibility.in_force import ListInForce
from services.registration.model.title_list import LEARNT_WITHIN
from services.registration.settings import settings

LABEL = "lists in force"


@dataclass(frozen=True)
class Entry:
    """A list that holds from an instant on, under its number."""

    number: int
    list: str
    since: datetime


@dataclass(frozen=True)
class InForce:
    """All lists that hold or will, in order of their numbers; `last` is the highest number ever given."""

    entries: tuple[Entry, ...] = ()
    last: int = 0
    v: int = 0

    def at(self, now: datetime) -> Entry | None:
        """The one that holds, or None: the titles that are built in."""
        return next((each for each in reversed(self.entries) if each.since <= now), None)

    @property
    def pending(self) -> bool:
        """Whether one of them is still to come."""
        return any(each.since > clock.now() for each in self.entries)


class _Kept:
    read_at: datetime | None = None
    entries: tuple[Entry, ...] = ()
    titles: Mapping[str, Blocklist] = MappingProxyType({})


def forget() -> None:
    """Know nothing, as a function that has just started."""
    _Kept.read_at, _Kept.entries, _Kept.titles = None, (), {}
    in_force.hold((), clock.now())


def keep_fresh() -> None:
    """Let the engine advise by what holds now; the store is asked if what is known is a minute old."""
    now = clock.now()
    if _Kept.read_at is None or not _Kept.read_at <= now < _Kept.read_at + LEARNT_WITHIN:
        _Kept.entries = load().entries
        _Kept.titles = {each.list: _Kept.titles.get(each.list) or _titles(each.list) for each in _Kept.entries}
        _Kept.read_at = now
    in_force.hold([ListInForce(each.number, each.since, _Kept.titles[each.list]) for each in _Kept.entries], now)


def load() -> InForce:
    """The lists as they stand."""
    item = dynamodb.get(settings().table, _key())
    if item is None:
        return InForce()
    entries = (Entry(each["number"], each["list"], clock.from_millis(each["since"])) for each in item["lists"])
    return InForce(tuple(entries), item["last"], item["v"])


def put(before: InForce, entries: Sequence[Entry], last: int) -> Operation:
    """The operation that puts these in the place of those that were read."""
    item = {
        **_key(),
        "lists": [{"number": one.number, "list": one.list, "since": clock.millis(one.since)} for one in entries],
        "last": last,
        "v": before.v + 1,
    }
    unmoved = Attr("v").eq(before.v) if before.v else Attr("pk").not_exists()
    return dynamodb.put(settings().table, item, when=unmoved, label=LABEL)


def _titles(identifier: str) -> Blocklist:
    return title_store.load(identifier).blocklist()


def _key() -> dict[str, str]:
    return {"pk": title_store.PARTITION, "sk": "@"}
