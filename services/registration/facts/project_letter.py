"""Keep what documents says of the letter of an application (adapters/application_store.py)."""

from services.kernel.documents import FileState
from services.kernel.events.facts import FileAccepted, FileRejected
from services.kernel.writes import ungated
from services.registration.adapters import application_store
from services.registration.model.application import Letter


def project_letter(number: str, fact: FileAccepted | FileRejected) -> None:
    """Note that a letter was accepted or refused, unless the application is decided or something newer is known."""
    if isinstance(fact, FileAccepted):
        letter = Letter(fact.file, FileState.DITERIMA)
    else:
        letter = Letter(fact.file, FileState.DITOLAK, fact.message)
    ungated.commit([application_store.keep_letter(number, letter)])
