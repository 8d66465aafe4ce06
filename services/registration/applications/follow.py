"""Follow one's application by number and code, and take it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, Field

from services.kernel.documents import FileState
from services.kernel.problems import Code, Problem
from services.kernel.web.languages import Sentence
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.adapters import application_store
from services.registration.adapters.staff_log import StaffLog
from services.registration.applications.deeds import ApplicationDeed, event
from services.registration.applications.letter_ticket import ticket_for
from services.registration.applications.number_and_code import load_by, open_application
from services.registration.applications.views import Taken
from services.registration.model.application import Application, ApplicationState, ApplicationStep, in_groups
from services.registration.shared.institution_view import InstitutionView, view_institution

_S: Final = ApplicationState
_STANDS: Final[Mapping[ApplicationState, str]] = {
    _S.DIAJUKAN: "Permohonan Anda sudah diterima dan menunggu keputusan BKN.",
    _S.DISETUJUI: "Permohonan Anda disetujui.",
    _S.DITOLAK: "Permohonan Anda ditolak.",
    _S.DICABUT: "Permohonan ini sudah dicabut.",
}
_NEXT: Final[Mapping[ApplicationState, str]] = {
    _S.DIAJUKAN: (
        "BKN memeriksa surat penunjukan Anda dan memutuskan dalam 3 hari kerja. Anda tidak perlu berbuat apa-apa."
    ),
    _S.DISETUJUI: (
        "Undangan dikirim ke email yang tercantum dalam surat penunjukan, atau diserahkan tercetak oleh BKN. "
        "Undangan berlaku 72 jam. Bila belum ada, hubungi BKN."
    ),
    _S.DITOLAK: "Baca alasannya, perbaiki, lalu ajukan permohonan baru.",
    _S.DICABUT: "Bila masih diperlukan, ajukan permohonan baru.",
}
_LETTER_WANTED: Final = (
    "Unggah surat penunjukan admin (PDF, paling besar 2 MB). Tanpa surat, permohonan belum dapat disetujui."
)


class NumberAndCode(BaseModel):
    """What opens an application, as typed."""

    number: Annotated[str, Field(max_length=40)]
    code: Annotated[str, Field(max_length=40)]


class ApplicationLetter(BaseModel):
    """The letter: its file's id, whether it passed inspection, and if not why."""

    file: str
    state: FileState
    message: Sentence | None


class ApplicationStatus(BaseModel):
    """How an application stands; nothing of who applied.

    `stands` and `next` say it in words. `reason` is bkn's. `letter` is None until one was inspected. `ticket` lets a
    letter be uploaded for 15 minutes, while the application is open and has none that was accepted.
    """

    number: str
    institution: InstitutionView
    state: ApplicationState
    stands: Sentence
    next: Sentence
    reason: str | None
    letter: ApplicationLetter | None
    at: datetime
    due_at: datetime
    decided_at: datetime | None
    ticket: str | None


def find_application(opened: NumberAndCode, request: Request) -> ApplicationStatus:
    """The application that number and code open.

    Raises:
        Problem: `not-found`, `throttled`.
    """
    return _status(open_application(opened.number, opened.code, request.caller.network), request.received)


def withdraw_application(opened: NumberAndCode, request: Request) -> ApplicationStatus:
    """Take it back while it waits; whoever did so may apply again.

    Raises:
        Problem: `not-found`, `throttled`, `illegal-transition`, `try-again`.
    """
    application = open_application(opened.number, opened.code, request.caller.network)
    request.once.answer(Taken, lambda: _withdraw(application, request))
    return _status(load_by(application.number), request.received)


def _withdraw(application: Application, request: Request) -> Taken:
    log = StaffLog(application.institution)
    withdrawn, taken = application.moved(ApplicationStep.WITHDRAW), Taken(number=application.number)
    operations = [application_store.put(withdrawn, application), application_store.note_closed(application)]
    noted = log.note(event(ApplicationDeed.WITHDRAW, withdrawn, request))
    if not ungated.commit([*operations, *noted, *request.once.remember(taken)]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return taken


def _status(application: Application, now: datetime) -> ApplicationStatus:
    state, letter = application.state, application.letter
    wanted = application.is_open and not application.has_letter
    return ApplicationStatus(
        number=in_groups(application.number),
        institution=view_institution(application.institution),
        state=state,
        stands=_STANDS[state],
        next=_LETTER_WANTED if wanted else _NEXT[state],
        reason=application.reason,
        letter=ApplicationLetter(file=letter.file, state=letter.state, message=letter.message) if letter else None,
        at=application.at,
        due_at=application.due_at,
        decided_at=application.decided_at,
        ticket=ticket_for(application, now) if wanted else None,
    )
