"""Staff answer a person who said that he works there no more: they hold that he does (domain.md, section 5, details).

His statement stays what he said; it is answered, and no longer waits.
"""

from dataclasses import replace
from typing import Final

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.gate import ConditionLost
from services.registration.access.scope import load_to_work_on
from services.registration.adapters import person_store, request_store
from services.registration.corrections.correcting import WINDOW_OF_CORRECTIONS
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.private import ActivityAnswer
from services.registration.shared.tell_person import tell_activity_answered
from services.registration.shared.views import Versioned, WithReason

NOT_STATED: Final = "Orang ini tidak sedang menyatakan berhenti bekerja, atau pernyataannya sudah dijawab."


def answer_statement(pid: str, answer: WithReason, *, institution: str, request: Request) -> Versioned:
    """Note the answer, and tell the person.

    Raises:
        Problem: `not-found`, `own-record`, `conflict` when nothing is to be answered, `invalid-fields` without a
            reason, `version-moved`, `window-closed`, `window-not-open`, `try-again`.
    """
    person = load_to_work_on(request.actor, institution, pid)
    return request.once.answer(Versioned, lambda: _answer(person, answer, request))


def _answer(person: Person, answer: WithReason, request: Request) -> Versioned:
    round_ = gate.read_round(person.institution)
    round_.require(WINDOW_OF_CORRECTIONS, request.received)
    require_stated(person)
    person.require_version(answer.v)
    noted = ActivityAnswer(clock.millis(request.received), request.actor.id, answer.reason)
    after = replace(person, private=replace(person.private, activity_answer=noted))
    answered = Versioned(v=person.v + 1)
    extra = [
        *request_store.list_statement(after),
        *tell_activity_answered(person),
        *request.once.remember(answered),
    ]
    change = Change(person, after, "answer-statement", {"reason": answer.reason}, extra)
    try:
        person_store.commit(
            change,
            round_=round_,
            window=WINDOW_OF_CORRECTIONS,
            received=request.received,
            actor=request.actor.id,
        )
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost
    return answered


def require_stated(person: Person) -> None:
    """Refuse where nobody stated anything, or it was answered.

    Raises:
        Problem: `conflict`.
    """
    if not person.states_inactive:
        raise Problem(Code.CONFLICT, NOT_STATED)
