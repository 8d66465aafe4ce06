"""Lists of titles (`TITLES`/`L#<id>`), their digests (`TITLES`/`D#<digest>`), and how far a count of one is.

A count's institutions stand apart (`TITLES#<id>`/`<kind>#<code>`): six hundred of them move at the same time.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.problems import Code, Problem
from services.kernel.writes import ungated
from services.registration.model.title_list import (
    Count,
    Effect,
    Fault,
    ListedTitle,
    ListState,
    Progress,
    ProgressState,
    TitleList,
)
from services.registration.model.title_step import StepKind
from services.registration.settings import settings

PARTITION = "TITLES"
SAME, STEP = "same list", "step"
_TOTALS = (
    "sk",
    "attempt",
    "state",
    "looked",
    "listed",
    "touched",
    "cursor",
    "reason",
    "blocked",
    "doubted",
    "freed",
    "voided",
)


def load(identifier: str) -> TitleList:
    """A list by its id.

    Raises:
        Problem: `not-found`.
    """
    found = find(identifier)
    if found is None:
        raise Problem(Code.NOT_FOUND)
    return found


def find(identifier: str) -> TitleList | None:
    """A list by its id, or None."""
    item = dynamodb.get(settings().table, _key(identifier))
    return None if item is None else _to_list(item)


def everything() -> list[TitleList]:
    """Every list that was ever loaded, the latest first."""
    when = KeyPart("pk").eq(PARTITION) & KeyPart("sk").begins_with("L#")
    return sorted(map(_to_list, dynamodb.query_all(settings().table, when)), key=lambda one: one.at, reverse=True)


def put(after: TitleList, before: TitleList | None) -> Operation:
    """The operation that stores a list as it is now, if it still is as it was read."""
    unmoved = Attr("v").eq(before.v) if before else Attr("pk").not_exists()
    return dynamodb.put(settings().table, _to_item(after), when=unmoved, label="list")


def claim_digest(of: TitleList) -> Operation:
    """The operation that says that these lines stand in this list; refused, as `SAME`, where they stand in another."""
    item = {"pk": PARTITION, "sk": f"D#{of.digest}", "list": of.id}
    return dynamodb.put(settings().table, item, when=Attr("pk").not_exists() | Attr("list").eq(of.id), label=SAME)


def release_digest(of: TitleList) -> Operation:
    """The operation that lets these lines be loaded again."""
    return dynamodb.delete(settings().table, {"pk": PARTITION, "sk": f"D#{of.digest}"})


def list_with(digest: str) -> str | None:
    """The id of the list with these lines."""
    item = dynamodb.get(settings().table, {"pk": PARTITION, "sk": f"D#{digest}"})
    return None if item is None else str(item["list"])


def begin_progress(identifier: str, kind: StepKind, attempt: int, codes: Iterable[str]) -> None:
    """Let these institutions wait for an attempt; where it was begun before, it stays as far as it is."""
    operations = [
        dynamodb.put(
            settings().table,
            {**_progress_key(identifier, kind, code), **_blank(attempt)},
            when=Attr("pk").not_exists() | Attr("attempt").lt(attempt),
            label=code,
        )
        for code in codes
    ]
    ungated.commit_each(operations)


def wait_again(identifier: str, kind: StepKind, passed_over: Iterable[Progress]) -> None:
    """Let institutions that were passed over wait again, as far as they are."""
    operations = [
        dynamodb.update(
            settings().table,
            _progress_key(identifier, kind, one.institution),
            values={"state": ProgressState.MENUNGGU.value, "reason": None},
            when=Attr("state").eq(ProgressState.DILEWATI.value),
            label=one.institution,
        )
        for one in passed_over
        if one.state is ProgressState.DILEWATI
    ]
    ungated.commit_each(operations)


def progress(identifier: str, kind: StepKind, code: str) -> Progress | None:
    """How far a count is in an institution."""
    item = dynamodb.get(settings().table, _progress_key(identifier, kind, code))
    return None if item is None else _to_progress(item)


def all_progress(identifier: str, kind: StepKind, *, titles: bool = False) -> list[Progress]:
    """How far it is everywhere, in order of the institutions' codes; the effect by title where asked for."""
    when = KeyPart("pk").eq(f"{PARTITION}#{identifier}") & KeyPart("sk").begins_with(f"{kind.value}#")
    only = () if titles else _TOTALS
    return [_to_progress(item) for item in dynamodb.query_all(settings().table, when, only=only)]


def move(identifier: str, kind: StepKind, before: Progress, after: Progress) -> bool:
    """Note how far it is now; False when another function has taken it on meanwhile.

    What a run counts it counts in the transactions of the records (`counting`), which this leaves alone.
    """
    values: dict[str, Any] = {
        "state": after.state.value,
        "looked": after.looked,
        "listed": after.listed,
        "touched": after.touched,
        "cursor": after.cursor,
        "reason": after.reason,
    }
    if kind is StepKind.PREVIEW:
        values |= {**_figures(after.total), "by_title": {name: _figures(one) for name, one in after.by_title.items()}}
    unmoved = (
        Attr("attempt").eq(before.attempt)
        & Attr("state").eq(before.state.value)
        & Attr("cursor").eq(before.cursor)
        & Attr("listed").eq(before.listed)
    )
    key = _progress_key(identifier, kind, before.institution)
    return ungated.commit([dynamodb.update(settings().table, key, values=values, when=unmoved, label=STEP)])


def counting(identifier: str, code: str, effect: Effect) -> Operation:
    """The operation that counts one record of a run; it joins the transaction that moves the record, or neither is."""
    moved = {name: n for name, n in _figures(effect).items() if n}
    return dynamodb.update(settings().table, _progress_key(identifier, StepKind.RUN, code), add=moved)


def _key(identifier: str) -> dict[str, str]:
    return {"pk": PARTITION, "sk": f"L#{identifier}"}


def _progress_key(identifier: str, kind: StepKind, code: str) -> dict[str, str]:
    return {"pk": f"{PARTITION}#{identifier}", "sk": f"{kind.value}#{code}"}


def _blank(attempt: int) -> Item:
    return {
        "attempt": attempt,
        "state": ProgressState.MENUNGGU.value,
        "looked": 0,
        "listed": 0,
        "touched": 0,
        "cursor": 0,
    }


def _figures(effect: Effect) -> dict[str, int]:
    return {
        "blocked": effect.blocked,
        "doubted": effect.doubted,
        "freed": effect.freed,
        "voided": effect.voided,
    }


def _to_effect(item: Mapping[str, Any]) -> Effect:
    return Effect(*(int(item.get(name, 0)) for name in ("blocked", "doubted", "freed", "voided")))


def _to_progress(item: Item) -> Progress:
    return Progress(
        institution=item["sk"].partition("#")[2],
        attempt=item["attempt"],
        state=ProgressState(item["state"]),
        looked=item.get("looked", 0),
        total=_to_effect(item),
        by_title={name: _to_effect(one) for name, one in item.get("by_title", {}).items()},
        listed=item["listed"],
        touched=item["touched"],
        cursor=item["cursor"],
        reason=item.get("reason"),
    )


def _to_item(one: TitleList) -> Item:
    return {
        **_key(one.id),
        "by": one.by,
        "at": clock.millis(one.at),
        "filename": one.filename,
        "state": one.state.value,
        "v": one.v,
        "lines": [
            [each.title, each.letter, each.letter_date.isoformat(), each.effective.isoformat()] for each in one.titles
        ],
        "digest": one.digest,
        "faults": [[fault.code, fault.message, fault.row] for fault in one.faults],
        "same_as": one.same_as,
        "preview": _to_count_item(one.preview),
        "run": _to_count_item(one.run),
        "number": one.number,
        "since": _millis(one.since),
        "ordered_by": one.ordered_by,
    }


def _to_list(item: Item) -> TitleList:
    return TitleList(
        id=item["sk"].removeprefix("L#"),
        by=item["by"],
        at=clock.from_millis(item["at"]),
        filename=item["filename"],
        state=ListState(item["state"]),
        v=item["v"],
        titles=tuple(map(_to_title, item["lines"])),
        digest=item["digest"],
        faults=tuple(Fault(*fault) for fault in item["faults"]),
        same_as=item["same_as"],
        preview=_to_count(item["preview"]),
        run=_to_count(item["run"]),
        number=item["number"],
        since=None if item["since"] is None else clock.from_millis(item["since"]),
        ordered_by=item["ordered_by"],
    )


def _to_title(line: Sequence[str]) -> ListedTitle:
    title, letter, letter_date, effective = line
    return ListedTitle(title, letter, date.fromisoformat(letter_date), date.fromisoformat(effective))


def _to_count_item(count: Count | None) -> Item | None:
    if count is None:
        return None
    return {
        "attempt": count.attempt,
        "at": clock.millis(count.at),
        "basis": count.basis,
        "institutions": count.institutions,
    }


def _to_count(item: Mapping[str, Any] | None) -> Count | None:
    if item is None:
        return None
    return Count(item["attempt"], clock.from_millis(item["at"]), item["basis"], item["institutions"])


def _millis(instant: datetime | None) -> int | None:
    return None if instant is None else clock.millis(instant)
