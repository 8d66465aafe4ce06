"""Whoever gave a verdict takes it back within ten minutes (domain.md, section 4); all its criteria are void then."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.gate import ConditionLost
from services.registration.access.scope import load_dossier_to_work_on
from services.registration.adapters import person_store
from services.registration.eligibility.advice import Criterion
from services.registration.model.dossier import Change, Dossier
from services.registration.model.person import Person
from services.registration.model.person_states import VOIDED_UNDER, Cause
from services.registration.shared.views import Moved, OnVersion

TIME_TO_WITHDRAW: Final = timedelta(minutes=10)


def withdrawable_until(person: Person, by: str) -> datetime | None:
    """Until when this member of staff may take back the verdict that stands; None where it is not his to take."""
    if not person.is_decided or not person.private.decisions or person.private.decisions[-1].by != by:
        return None
    return clock.from_millis(person.private.decisions[-1].at) + TIME_TO_WITHDRAW


def withdraw_verdict(pid: str, wish: OnVersion, *, institution: str, request: Request) -> Moved:
    """Take the verdict back; the record is where it was before, first in the queue.

    Raises:
        Problem: `not-found`, `own-record`, `version-moved`, `illegal-transition` where no verdict stands, `forbidden`
            for somebody else's, `withdrawal-too-late`, `window-closed`, `window-not-open`, `try-again`.
    """
    dossier = load_dossier_to_work_on(request.actor, institution, pid)
    return request.once.answer(Moved, lambda: _withdraw(dossier, wish, request))


def _withdraw(dossier: Dossier, wish: OnVersion, request: Request) -> Moved:
    person = dossier.person
    person.require_version(wish.v)
    after = _taken_back(person.voided(frozenset(Criterion), request.received), request.received)
    until = withdrawable_until(person, request.actor.id)
    if until is None:
        raise Problem(Code.FORBIDDEN, "Putusan ini bukan putusan Anda. Yang dapat menariknya hanya yang memutuskan.")
    if request.received > until:
        raise Problem(Code.WITHDRAWAL_TOO_LATE)
    answer = Moved(v=person.v + 1, state=after.state)
    change = Change(person, after, "withdraw-verdict", {}, request.once.remember(answer))
    try:
        person_store.commit(
            change,
            round_=gate.read_round(person.institution),
            window=VOIDED_UNDER[Cause.RULING],
            received=request.received,
            actor=request.actor.id,
        )
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost
    return answer


def _taken_back(person: Person, at: datetime) -> Person:
    *earlier, last = person.private.decisions
    withdrawn = replace(last, withdrawn_at=clock.millis(at))
    return replace(person, private=replace(person.private, decisions=(*earlier, withdrawn)))
