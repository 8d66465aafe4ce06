"""How a case stands, for whoever follows it without JavaScript: what it says in words, and what staff wrote to him."""

from services.announcements.cases.find_case import CaseStatus, MessageView
from services.announcements.model.case import Writer
from services.kernel.clock import wib
from services.kernel.web.plain_page import Fact, PlainPage
from services.kernel.web.site_pages import CASE

_WRITERS = {
    Writer.PELAPOR: "Pesan Anda",
    Writer.INSTANSI: "Pesan instansi",
    Writer.BKN: "Pesan BKN",
    Writer.TERLAPOR: "Pesan orang yang dilaporkan",
}


def build_followed_page(status: CaseStatus) -> PlainPage:
    """The page."""
    sentences = [status.stands, status.next, *([status.note] if status.note else [])]
    facts: list[Fact] = [("Nomor laporan", status.number), ("Ditujukan kepada", status.institution.name)]
    if status.can_write:
        facts.append(("Diputus paling lambat", wib(status.due_at)))
    if status.asked_until:
        facts.append(("Jawab paling lambat", wib(status.asked_until)))
    if status.answer:
        facts.append(("Keputusan", status.answer))
    return PlainPage("Ikuti laporan Anda", sentences, [*facts, *map(_written, status.messages)], back=CASE)


def _written(message: MessageView) -> Fact:
    return _WRITERS[message.writer], f"{message.text} ({wib(message.at)})"
