"""Facts of documents and finalization, and our own of a corrected NIK, one at a time: to the use case of each kind."""

from datetime import datetime

from services.kernel.documents import application_of
from services.kernel.events.consume import Envelope
from services.kernel.events.facts import (
    FileAccepted,
    FileRejected,
    FilesCopied,
    InstitutionOpened,
    InstitutionPhaseChanged,
    PersonMoved,
    VerificationReopened,
    parse,
)
from services.kernel.log import LogLine, log
from services.registration.adapters import search_queue
from services.registration.adapters.search_queue import ToldMessage
from services.registration.facts.project_copied import project_copied
from services.registration.facts.project_file import project_file
from services.registration.facts.project_institution import project_opened, project_phase, project_reopened
from services.registration.facts.project_letter import project_letter
from services.registration.facts.project_moved import project_moved


def take_fact(envelope: Envelope) -> None:
    """Hand a fact to its use case, with the instant it was put on the bus; that instant decides about windows.

    Raises:
        LookupError: for a fact nobody here handles: a wiring mistake.
    """
    fact = parse(envelope["detail-type"], envelope["detail"])
    match fact:
        case FileAccepted() | FileRejected():
            number = application_of(fact.subject)
            if number is not None:
                project_letter(number, fact)
            else:
                project_file(fact, datetime.fromisoformat(envelope["time"]))
                # a file's item is not among what wakes the relay; told again, both are done again
                search_queue.tell([ToldMessage(institution=fact.institution, people=(fact.subject,), beside=True)])
        case FilesCopied():
            project_copied(fact)
        case PersonMoved():
            project_moved(fact)
        case InstitutionOpened():
            project_opened(fact)
        case InstitutionPhaseChanged():
            project_phase(fact)
        case VerificationReopened():
            project_reopened(fact)
        case _:
            raise LookupError(f"nobody handles {fact.name}")
    log(LogLine.FACT_CONSUMED, fact=fact.name, institution=fact.institution)
