"""Facts of the other services, and our own of a NIK or a list, one at a time: to the use case of each kind."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from services.kernel.documents import application_of
from services.kernel.events.consume import Envelope
from services.kernel.events.facts import (
    CaseMoved,
    Fact,
    FileAccepted,
    FileRejected,
    FilesCopied,
    InstitutionOpened,
    InstitutionPhaseChanged,
    PersonMoved,
    RosterListed,
    VerificationReopened,
    parse,
)
from services.kernel.log import LogLine, log
from services.registration.adapters import search_queue
from services.registration.adapters.search_queue import ToldMessage
from services.registration.facts.project_case import project_case
from services.registration.facts.project_copied import project_copied
from services.registration.facts.project_file import project_file
from services.registration.facts.project_institution import (
    project_listed,
    project_opened,
    project_phase,
    project_reopened,
)
from services.registration.facts.project_letter import project_letter
from services.registration.facts.project_moved import project_moved

_PROJECTS: Final[Mapping[type[Fact], Callable[[Any], None]]] = {
    CaseMoved: project_case,
    FilesCopied: project_copied,
    InstitutionOpened: project_opened,
    InstitutionPhaseChanged: project_phase,
    PersonMoved: project_moved,
    RosterListed: project_listed,
    VerificationReopened: project_reopened,
}


def take_fact(envelope: Envelope) -> None:
    """Hand a fact to its use case, with the instant it was put on the bus; that instant decides about windows.

    Raises:
        LookupError: for a fact nobody here handles: a wiring mistake.
    """
    fact = parse(envelope["detail-type"], envelope["detail"])
    if isinstance(fact, FileAccepted | FileRejected):
        _take_file(fact, datetime.fromisoformat(envelope["time"]))
    elif project := _PROJECTS.get(type(fact)):
        project(fact)
    else:
        raise LookupError(f"nobody handles {fact.name}")
    log(LogLine.FACT_CONSUMED, fact=fact.name, institution=fact.institution)


def _take_file(fact: FileAccepted | FileRejected, told_at: datetime) -> None:
    number = application_of(fact.subject)
    if number is not None:
        project_letter(number, fact)
        return
    project_file(fact, told_at)
    # a file's item is not among what wakes the relay; told again, both are done again
    search_queue.tell([ToldMessage(institution=fact.institution, people=(fact.subject,), beside=True)])
