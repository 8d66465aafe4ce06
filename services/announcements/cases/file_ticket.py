"""The ticket with which whoever filed a case uploads its papers to documents (kernel/documents/tickets.py)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from services.announcements.cases.who_may import readers_of
from services.announcements.model.case import Case, CaseFile, Topic
from services.announcements.model.due import OF_BKN
from services.announcements.settings import files_key
from services.kernel import clock
from services.kernel.cases import CaseKind
from services.kernel.documents import DocumentType, parse_file_id
from services.kernel.documents.tickets import TTL, Ticket, sign_ticket, whom
from services.kernel.notices.outbox import NATIONAL

MAX_FILES: Final = 10
"""Papers of one case, kept or not *(ours)*."""
_IDENTITY: Final = frozenset({Topic.NIK_DIPAKAI, Topic.TIDAK_DITEMUKAN, Topic.TIDAK_COCOK, Topic.DATA_PRIBADI})
"""Types in which somebody has to show who he is."""


def kinds_of(case: Case) -> frozenset[DocumentType]:
    """The kinds of papers that a case takes."""
    identity = {DocumentType.KTP_LAPORAN, DocumentType.KK_LAPORAN, DocumentType.SWAFOTO_LAPORAN}
    return frozenset({DocumentType.BUKTI_LAPORAN, *(identity if case.topic in _IDENTITY else ())})


def lacks_identity(case: Case, files: Iterable[CaseFile]) -> bool:
    """Whether nothing that was kept shows yet who asks, in a case that wants it."""
    return case.topic in _IDENTITY and not any(
        file.accepted and parse_file_id(file.file).jenis is not DocumentType.BUKTI_LAPORAN for file in files
    )


def ticket_for(case: Case, at: datetime) -> str:
    """A ticket for this case's papers and nothing else, good for 15 minutes.

    What bkn alone reads belongs to no institution in documents either. Documents are told which unit the case concerns,
    whom it is about and which roles read it, so that who does not read the case reads none of its papers (who_may.py).
    """
    ticket = Ticket(
        subject=case.number,
        institution=NATIONAL if case.topic in OF_BKN else case.institution,
        unit=None if case.kind is CaseKind.KEBERATAN else case.said.get("unit_kerja", ""),
        about=whom(files_key(), case.pid) if case.pid else None,
        readers=readers_of(case.kind),
        kinds=kinds_of(case),
        most=MAX_FILES,
        until=clock.millis(at + TTL),
    )
    return sign_ticket(files_key(), ticket)
