"""Which institutions' pages must be made anew, from when on, and who is at it.

An item `A#<code>`/`DIRTY` stands in the index `due` (g1sk: milliseconds) while there is something to do. Whoever
changes what is public writes first and marks afterwards; the publisher takes first and reads afterwards. So a change is
either seen by the publisher or leaves a mark behind it. `v` counts every move of the mark.

While somebody is at it (`taken` is his number, else 0) nobody else takes the mark: two publishers of one institution
could leave older pages behind. Only when his lease is over he is taken for dead.
"""

from datetime import datetime, timedelta
from typing import Any

from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart
from services.kernel.problems import Code, Problem
from services.kernel.writes import ungated

LEASE = timedelta(minutes=6)
"""Longer than the publishing function may run (300 s): whoever is taken for dead is dead, and writes nothing more."""
_WAITING = "DIRTY"
_REPORTS = ".laporan"


def reports_of(code: str) -> str:
    """What stands for an institution's counts of cases, which have a page and a manifest of their own.

    A list's pages are many, and cases move every minute.
    """
    return f"{code}{_REPORTS}"


def counted(mark: str) -> str | None:
    """The institution whose counts a mark stands for, or None."""
    return mark.removesuffix(_REPORTS) if mark.endswith(_REPORTS) else None


def mark(code: str, due: datetime) -> None:
    """Have the pages made anew at `due`, or when it is their turn anyway if that is sooner.

    Raises:
        Problem: `try-again`.
    """
    for _ in range(ungated.MAX_TRIES):
        item = _load(code)
        if _covers(item, due):
            return
        if _move(code, item, _marked(item, clock.millis(due))):
            return
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _covers(item: Item, due: datetime) -> bool:
    """Whether what stands there already brings the publisher in time, and he has not begun to read."""
    return "g1pk" in item and not item["taken"] and item["g1sk"] <= clock.millis(due)


def _marked(item: Item, due: int) -> dict[str, Any]:
    if item.get("taken"):
        return {"again": min(due, item.get("again", due))}
    return {"g1pk": _WAITING, "g1sk": due, "taken": 0}


def due(now: datetime) -> list[str]:
    """The codes whose turn it is, the longest waiting first; the index may show a moment ago."""
    when = KeyPart("g1pk").eq(_WAITING) & KeyPart("g1sk").lte(clock.millis(now))
    return [item["pk"].removeprefix("A#") for item in dynamodb.query_all(settings().table, when, index="due")]


def take(code: str, now: datetime) -> int | None:
    """Lease an institution whose turn it is for `LEASE`; None when it is not its turn, or another was faster.

    Returns the lease's number, which `give_back` wants to see: the version `v` of the mark that the taking made.
    """
    item = _load(code)
    if "g1pk" not in item or item["g1sk"] > clock.millis(now):
        return None
    number = item["v"] + 1
    lease = {"taken": number, "g1sk": clock.millis(now + LEASE)}
    return number if _move(code, item, lease, remove=("again",)) else None


def give_back(code: str, number: int, *, again: datetime | None = None) -> None:
    """End: the mark goes, unless something changed meanwhile or `again` says when to look anew.

    Does nothing when the lease was over and somebody else took the mark.

    Raises:
        Problem: `try-again`; the lease then runs out by itself.
    """
    for _ in range(ungated.MAX_TRIES):
        item = _load(code)
        if item.get("taken") != number:
            return
        turns = [item["again"]] if "again" in item else []
        turns += [clock.millis(again)] if again else []
        if turns:
            done = _move(code, item, {"taken": 0, "g1sk": min(turns)}, remove=("again",))
        else:
            done = _move(code, item, {"taken": 0}, remove=("g1pk", "g1sk"))
        if done:
            return
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _load(code: str) -> Item:
    return dynamodb.get(settings().table, _key(code)) or {"v": 0}


def _key(code: str) -> dict[str, str]:
    return {"pk": f"A#{code}", "sk": "DIRTY"}


def _move(code: str, seen: Item, values: dict[str, Any], remove: tuple[str, ...] = ()) -> bool:
    when = Attr("v").eq(seen["v"]) if seen["v"] else Attr("v").not_exists()
    moved = {**values, "v": seen["v"] + 1}
    return ungated.commit([dynamodb.update(settings().table, _key(code), values=moved, remove=remove, when=when)])
