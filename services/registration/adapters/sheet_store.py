"""Activation sheets in the reg table, beside their persons: not gated, each on its own version, in no seal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.security import privacy
from services.kernel.values.crockford import as_crockford, new_crockford
from services.registration.model.sheet import Sheet
from services.registration.settings import lookup_key, settings

CODE_LENGTH: Final = 10
"""50 bits: with a handful of tries a person nobody finds one."""
SHEET: Final = "sheet"
"""The label of the operation on a sheet."""


def new_code() -> str:
    """A fresh code, without its dashes; it is printed and kept nowhere."""
    return new_crockford(CODE_LENGTH)


def hash_code(pid: str, code: str) -> str:
    """The keyed hash of a person's code, as typed."""
    return privacy.blind(lookup_key(), "sheet", f"{pid} {as_crockford(code)}")


def load(pid: str) -> Sheet | None:
    """A person's sheet, used or not; None: none was printed."""
    item = dynamodb.get(settings().table, _key(pid))
    return None if item is None else _to_sheet(pid, item)


def load_many(pids: Sequence[str]) -> dict[str, Sheet]:
    """The sheets of these people, by pid, of whoever has one.

    Raises:
        Busy: when DynamoDB leaves some out three times.
    """
    found = dynamodb.get_many(settings().table, [_key(pid) for pid in pids])
    return {pid: _to_sheet(pid, item) for pid, item in zip(pids, found, strict=True) if item is not None}


def put(sheet: Sheet, before: Sheet | None) -> Operation:
    """The operation that keeps a new sheet in the place of the one before, unless that moved meanwhile."""
    unmoved = Attr("pk").not_exists() if before is None else Attr("v").eq(before.v)
    item = {
        **_key(sheet.pid),
        "v": sheet.v,
        "hash": sheet.hash,
        "by": sheet.printed_by,
        "printed": sheet.printed_at,
        "job": sheet.job,
        "part": sheet.part,
        **({} if sheet.until is None else {"until": sheet.until}),
    }
    return dynamodb.put(settings().table, item, when=unmoved, label=SHEET)


def use(sheet: Sheet, at: datetime) -> Operation:
    """The operation that uses a sheet up, unless it was used or printed anew meanwhile."""
    values = {"used": clock.millis(at), "v": sheet.v + 1}
    unused = Attr("v").eq(sheet.v) & Attr("used").not_exists()
    return dynamodb.update(settings().table, _key(sheet.pid), values=values, when=unused, label=SHEET)


def _to_sheet(pid: str, item: Item) -> Sheet:
    return Sheet(
        pid=pid,
        v=item["v"],
        hash=item["hash"],
        printed_by=item["by"],
        printed_at=item["printed"],
        used_at=item.get("used"),
        until=item.get("until"),
        job=item.get("job"),
        part=item.get("part", 0),
    )


def _key(pid: str) -> dict[str, str]:
    return {"pk": f"P#{pid}", "sk": "LEMBAR"}
