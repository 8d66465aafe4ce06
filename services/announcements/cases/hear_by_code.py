"""The listed person reads and answers a tanggapan without an account, by the notice that he was handed."""

from typing import Final

from services.announcements.cases.answer_report import keep_answer
from services.announcements.cases.answering_code import open_hearing
from services.announcements.cases.get_report import ReportOfMe, note_told, view_report
from services.announcements.cases.number_and_code import NumberAndCode
from services.announcements.cases.write_in_case import Done, Written
from services.kernel.web.request import Request

LISTED_ACTOR: Final = "listed"
"""Stands in the audit trail for whoever answers with the code of a notice: that it is he, nobody can know."""


def read_by_code(opened: NumberAndCode, request: Request) -> ReportOfMe:
    """The report; who reads it was handed the notice, so he is told.

    Raises:
        Problem: `not-found`, `throttled`.
    """
    case = open_hearing(opened, request.caller.network)
    return view_report(note_told(case, LISTED_ACTOR, request.received))


def answer_by_code(written: Written, request: Request) -> ReportOfMe:
    """Keep his answer with the case, once.

    Raises:
        Problem: `not-found`, `throttled`; `conflict` where he has answered; `illegal-transition` for a closed case;
            `try-again`.
    """
    case = open_hearing(written, request.caller.network)
    request.once.answer(Done, lambda: keep_answer(case, written.text, request, by=LISTED_ACTOR))
    return view_report(open_hearing(written, request.caller.network))
