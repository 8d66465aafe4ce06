"""Give people new sheets, each in the place of the one before, unless somebody was faster."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Cancelled, Operation
from services.kernel.writes import ungated
from services.registration.adapters import person_items, sheet_store
from services.registration.model.printing import LOGIN_ONLY, Printing
from services.registration.model.sheet import Sheet
from services.registration.settings import settings
from services.registration.sheets.who_needs_one import Needing

_AT_ONCE: Final = dynamodb.MAX_OPERATIONS // 2
"""A sheet, and the check that its person still has an account or none, as it was ordered."""


def issue_sheets(needing: Sequence[Needing], printing: Printing, part: int, at: datetime) -> list[tuple[Needing, str]]:
    """Whoever has a new sheet now, with its code; left out is who made an account or was printed for meanwhile.

    Raises:
        Problem: `try-again` when others held an item at every try; some may have new sheets, which the next try voids.
    """
    coded = [(one, sheet_store.new_code()) for one in needing]
    batches = [coded[start : start + _AT_ONCE] for start in range(0, len(coded), _AT_ONCE)]
    return [done for batch in batches for done in _give(batch, printing, part, at)]


def _give(
    batch: Sequence[tuple[Needing, str]], printing: Printing, part: int, at: datetime
) -> Iterator[tuple[Needing, str]]:
    left = list(batch)
    while left:
        try:
            ungated.insist([each for one, code in left for each in _operations(one, code, printing, part, at)])
        except Cancelled as cancelled:
            lost = cancelled.failed().keys()
            if not lost:
                raise
            left = [(one, code) for one, code in left if one.person.pid not in lost]
        else:
            yield from left
            return


def _operations(one: Needing, code: str, printing: Printing, part: int, at: datetime) -> list[Operation]:
    pid = one.person.pid
    sheet = Sheet(
        pid=pid,
        v=one.before.v + 1 if one.before else 1,
        hash=sheet_store.hash_code(pid, code),
        printed_by=printing.by,
        printed_at=clock.millis(at),
        job=printing.id,
        part=part,
        until=clock.millis(at + LOGIN_ONLY) if printing.login_only else None,
    )
    put = replace(sheet_store.put(sheet, one.before), label=pid)
    still = Attr("account").eq(printing.agreed_by is not None)
    return [put, dynamodb.check(settings().table, person_items.person_key(pid), when=still, label=pid)]
