"""What the portal does of itself, every few minutes: bkn takes part in what is late, what nobody answers lapses.

A year after it ended, a case is forgotten with whoever filed it; what followed it ended with it (end_followers.py).
Its salt goes, so that what was written, also in the audit trail, can be read by nobody any more (domain.md, section 8).
"""

from dataclasses import replace
from datetime import datetime

from services.announcements.adapters import case_store
from services.announcements.cases.tell import tell_escalated, tell_expired
from services.announcements.model.case import KEPT, Case
from services.announcements.model.case_states import CaseStep
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.cases import CaseLevel
from services.kernel.log import LogLine, log, where
from services.kernel.security import privacy

_SYSTEM = "system:act_on_cases"


def act_on_due(now: datetime) -> None:
    """Do with each case what is due by now; whoever was faster did something else with it, the next run looks again."""
    done = sum(_try(number, now) for number in list(case_store.to_act_on(now)))
    log(LogLine.CASES_LOOKED_AT, count=done)


def _try(number: str, now: datetime) -> bool:
    try:
        case = case_store.load(number)
        return case is not None and _act(case, now)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with this one, the others must not wait for it
        log(LogLine.MESSAGE_FAILED, error=where(error))
        return False


def _act(case: Case, now: datetime) -> bool:
    if not case.is_open:
        return now >= case.moved_at + KEPT and _forget(case, now)
    if case.asked_until is not None and now >= case.asked_until:
        return _lapse(case, now)
    return now >= case.due_at and case.level is CaseLevel.INSTANSI and _escalate(case, now)


def _escalate(case: Case, now: datetime) -> bool:
    after = replace(case, level=CaseLevel.BKN)
    event = Event(_SYSTEM, CaseStep.ESCALATE.value, now, {"due_at": clock.millis(case.due_at)})
    return case_store.keep(case, after, event, tell_escalated(case))


def _lapse(case: Case, now: datetime) -> bool:
    if case.noted_until is not None and now < case.noted_until:
        return False
    after = case.moved(CaseStep.EXPIRE, now, asked_until=None)
    return case_store.keep(case, after, Event(_SYSTEM, CaseStep.EXPIRE.value, now, {}), tell_expired(case))


def _forget(case: Case, now: datetime) -> bool:
    after = replace(case, salt=privacy.new_salt(), said={}, decision=None)
    event = Event(_SYSTEM, CaseStep.FORGET.value, now, {})
    return case_store.keep(case, after, event, [case_store.forget_reporter(case)])
