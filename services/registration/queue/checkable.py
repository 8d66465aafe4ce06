"""Whose verdicts one member of staff may check a second time (docs/adr/0023).

Of those that were drawn, as of records that wait for a verdict, none that he or whoever invited him worked on, and none
that either of them gave: in the index whoever gave a verdict that waits counts as one who worked on the record. Bkn's
waiver for an office of one does not reach here.
"""

from collections.abc import Sequence

from services.kernel.security.sessions import Actor
from services.kernel.states import VerdictMark
from services.registration.adapters import queue_store, search_store
from services.registration.model.person_states import DECIDED
from services.registration.queue.waiting import Waiting
from services.registration.search.fitting import all_of, buckets_of
from services.registration.search.wanted import Wanted, in_state, marked, worked_on_by_none_of

DRAWN = marked(VerdictMark.MENUNGGU_PEMERIKSAAN)


def read_checkable(wanted: Wanted, *, institution: str, actor: Actor, beside: Sequence[str] = ()) -> Waiting:
    """Whom he looks for of those, as submitted, in the order of the list; `beside` as of `read_waiting`.

    Raises:
        Problem: `not-found` when no round was opened for the institution.
        Busy: when DynamoDB leaves some out three times.
    """
    round_, account = queue_store.read_office(institution, actor.id)
    others = worked_on_by_none_of([actor.id, *(account.sponsors if account else ())])
    conditions = [*wanted.beside_state(actor), DRAWN, others, *([in_state(wanted.state)] if wanted.state else [])]
    index = search_store.read(institution, sorted({*buckets_of(conditions), *beside}), None)
    return Waiting(
        voided=0,
        submitted=all_of(index, conditions),
        returned=0,
        unsubmitted=0,
        with_unsubmitted=False,
        unanswered=0,
        days={},
        conditions=conditions,
        round=round_,
        actor=actor,
        index=index,
        states=DECIDED,
    )
