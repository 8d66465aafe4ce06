"""Once a day every case that waits, or closed within two days, is told again as it stands (`case.moved`).

Who counts cases, or shows them, keeps the version of each: what is known changes nothing, and what was lost on the way,
by a relay that lost records or a dead letter that nobody sent again, is known a day later. Older closings were told by
the days before (docs/runbooks/cases.md).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from services.announcements.adapters import case_store, institution_store
from services.announcements.facts.translate_change import translate_change
from services.kernel.aws.events import portions
from services.kernel.events.facts import Fact
from services.kernel.events.parcels import pack
from services.kernel.events.relay import Change, publish
from services.kernel.log import LogLine, log, where
from services.kernel.notices.outbox import NATIONAL

_ENDED_WITHIN: Final = timedelta(days=2)
"""Twice the time between two turns: a missed one loses nothing."""


class NotToldError(Exception):
    """Cases of so many institutions could not be told; the others were, and the next turn tells all."""


def tell_again(now: datetime) -> None:
    """Tell them, one institution after the other.

    Raises:
        NotToldError: after the last one, where the bus or the table refused some.
    """
    told, failed = 0, 0
    for institution in [*(summary.code for summary in institution_store.summaries()), NATIONAL]:
        try:
            told += _tell(list(_facts_of(institution, now)))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with this one, the others must not wait for it
            log(LogLine.MESSAGE_FAILED, institution=institution, error=where(error))
            failed += 1
    if failed:
        raise NotToldError(failed)
    log(LogLine.CASES_TOLD_AGAIN, count=told)


def _facts_of(institution: str, now: datetime) -> Iterator[Fact]:
    ended = case_store.ended_since(institution, now - _ENDED_WITHIN)
    following = [number for first in ended for number in case_store.joined_to(first)]
    for number in [*case_store.all_waiting(institution), *ended, *following]:
        item = case_store.item_of(number)
        if item is not None:
            yield from translate_change(Change(pk=item["pk"], sk=item["sk"], old=None, new=item))


def _tell(facts: list[Fact]) -> int:
    parcels = pack(facts)
    for call in portions(parcels, lambda parcel: parcel.size):
        if refused := publish(call):
            raise NotToldError(len(refused))
    return len(facts)
