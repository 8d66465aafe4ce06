"""Cases about somebody whose NIK was corrected follow him to his new id, so that he, and nobody else, reads them."""

from dataclasses import replace
from typing import Final

from services.announcements.adapters import case_store
from services.announcements.cases.tell_record import follow_record
from services.announcements.model.case_states import CaseStep
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.events.facts import PersonMoved
from services.kernel.problems import Code, Problem
from services.kernel.writes import ungated

_SYSTEM: Final = "system:on_fact"


def project_person(fact: PersonMoved) -> None:
    """Let each case about him name his new id, closed ones too; done twice it is the same.

    Somebody who files about him afterwards joins none of them: what makes two cases one was made of the old id.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    for number in case_store.numbers_about(fact.institution, {fact.before, fact.pid}):
        _follow(number, fact)


def _follow(number: str, fact: PersonMoved) -> None:
    for _ in range(ungated.MAX_TRIES):
        case = case_store.load(number)
        if case is not None and case.pid == fact.pid:
            follow_record(case)  # again: somebody may have died between the two
        if case is None or case.pid != fact.before:
            return
        after = replace(case, pid=fact.pid)
        event = Event(_SYSTEM, CaseStep.FOLLOW_PERSON.value, clock.now(), {"before": fact.before})
        if case_store.keep(case, after, event):
            follow_record(after)
            return
    raise Problem(Code.TRY_AGAIN)
