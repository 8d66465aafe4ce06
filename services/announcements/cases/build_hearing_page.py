"""What a tanggapan says of whoever was handed its notice, and what he answered, for a browser without JavaScript."""

from services.announcements.cases.get_report import ReportOfMe
from services.kernel.clock import wib
from services.kernel.web.plain_page import Fact, PlainPage
from services.kernel.web.site_pages import HEARING

_HIDDEN = "Ada yang melaporkan bahwa nama Anda tidak semestinya ada pada daftar. Pelapornya tidak diberitahukan."
_ANSWERED = "Jawaban Anda sudah tercatat dan dibaca yang memutuskan."
_MAY_ANSWER = "Anda berhak menjawab sebelum ada putusan: kembali, isi lagi nomor dan kode, lalu tulis jawaban Anda."
_CLOSED = "Laporan ini sudah selesai dan tidak dapat dijawab lagi."


def build_hearing_page(report: ReportOfMe) -> PlainPage:
    """The page."""
    facts: list[Fact] = [("Yang dilaporkan", said) for said in report.said]
    if report.answer is not None:
        return _page([_ANSWERED], [*facts, ("Jawaban Anda", report.answer)])
    if report.can_answer and report.answer_until is not None:
        facts.append(("Jawab paling lambat", wib(report.answer_until)))
    return _page([_HIDDEN, _MAY_ANSWER if report.can_answer else _CLOSED], facts)


def _page(sentences: list[str], facts: list[Fact]) -> PlainPage:
    return PlainPage("Jawab laporan tentang Anda", sentences, facts, back=HEARING)
