"""How many records wait for a verdict of whoever asks, by state, advice and day, from the sets of the index."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel

from services.kernel.aws.dynamodb import Busy
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.writes.calendar import Window
from services.registration.eligibility.advice import Advice
from services.registration.queue.checkable import DRAWN, read_checkable
from services.registration.queue.filters import QueueFilter
from services.registration.queue.waiting import Waiting, read_waiting
from services.registration.search.fitting import all_of, buckets_of
from services.registration.search.wanted import advised, worked_on_by_none_of


class AdviceCounts(BaseModel):
    """How many of a part, and of these by what all criteria together come to."""

    total: int
    by_advice: dict[Advice, int]


class QueueView(BaseModel):
    """Who waits for the reader: whose verdict became void, who submitted, who was returned and may be decided on.

    A void one is counted there alone. `unsubmitted` are handed out once DOSSIER has closed, or when their state is
    asked for; `unanswered` still have time to answer. `since` is the day since which the longest waiting waits.
    `second`: verdicts of others that wait for a second check; where these were asked for, they are the submitted ones.
    `open`: whether verdicts can be given now. What he may not decide on himself is in none of them.
    """

    waiting: int
    voided: AdviceCounts
    submitted: AdviceCounts
    returned: AdviceCounts
    unsubmitted: AdviceCounts
    unanswered: int
    since: date | None
    second: int
    open: bool


def count_queue(wish: QueueFilter, *, institution: str, actor: Actor, received: datetime) -> QueueView:
    """The counts as the index has them: some seconds old.

    Raises:
        Problem: `not-found` for another institution or one without a round, `try-again` when DynamoDB is busy.
    """
    actor.require_institution(institution)
    drawn = [DRAWN, worked_on_by_none_of([actor.id])]
    try:
        waiting = _read(wish, institution, actor, received, sorted(buckets_of([*map(advised, Advice), *drawn])))
    except Busy as busy:
        raise Problem(Code.TRY_AGAIN, retry_after=1) from busy
    alone = ~waiting.voided
    return QueueView(
        waiting=waiting.everybody.bit_count(),
        voided=_counts(waiting, waiting.voided),
        submitted=_counts(waiting, waiting.submitted & alone),
        returned=_counts(waiting, waiting.returned & alone),
        unsubmitted=_counts(waiting, waiting.unsubmitted & alone),
        unanswered=waiting.unanswered.bit_count(),
        since=date.fromisoformat(waiting.since) if waiting.since else None,
        second=all_of(waiting.index, [*waiting.conditions, *drawn]).bit_count(),
        open=waiting.round.windows[Window.VERIFICATION].holds(received),
    )


def _read(wish: QueueFilter, institution: str, actor: Actor, received: datetime, beside: Sequence[str]) -> Waiting:
    wanted = wish.wanted()
    if wish.second:
        return read_checkable(wanted, institution=institution, actor=actor, beside=beside)
    return read_waiting(wanted, institution=institution, actor=actor, received=received, beside=beside)


def _counts(waiting: Waiting, part: int) -> AdviceCounts:
    by_advice = {advice: (part & all_of(waiting.index, [advised(advice)])).bit_count() for advice in Advice}
    return AdviceCounts(total=part.bit_count(), by_advice=by_advice)
