"""Routes of cases: what the public files and follows, what staff read, handle and decide."""

from datetime import datetime

from services.announcements.api import api
from services.announcements.cases.answer_report import ReportAnswer, answer_report
from services.announcements.cases.build_filed_page import build_filed_page
from services.announcements.cases.build_followed_page import build_followed_page
from services.announcements.cases.build_hearing_page import build_hearing_page
from services.announcements.cases.case_view import CaseView
from services.announcements.cases.decide_case import CaseDecided, CaseDecisionBody, decide_case
from services.announcements.cases.file_bantuan import BantuanForm, file_bantuan
from services.announcements.cases.file_keberatan import KeberatanForm, file_keberatan
from services.announcements.cases.file_tanggapan import TanggapanForm, file_tanggapan
from services.announcements.cases.file_usulan import UsulanForm, file_usulan
from services.announcements.cases.filing import CaseFiled
from services.announcements.cases.find_case import CaseStatus, find_case
from services.announcements.cases.get_case import get_case
from services.announcements.cases.get_figures import CaseFigures, get_figures
from services.announcements.cases.get_report import ReportOfMe, get_report
from services.announcements.cases.hand_out_notice import hand_out_notice
from services.announcements.cases.handle_case import MessageBody, OnCase, take_case, write_to_reporter
from services.announcements.cases.hear_by_code import answer_by_code, read_by_code
from services.announcements.cases.keep_answers import (
    ANSWER_READERS,
    ANSWER_WRITERS,
    AnswersBody,
    AnswersView,
    get_answers,
    keep_answers,
)
from services.announcements.cases.list_cases import (
    CaseCount,
    CaseList,
    InboxQuery,
    count_cases,
    count_national,
    list_cases,
    list_national,
)
from services.announcements.cases.number_and_code import NumberAndCode
from services.announcements.cases.record_handover import HandedOver, record_handover
from services.announcements.cases.release_decision import Refused, release_decision
from services.announcements.cases.who_may import DECIDERS, READERS, TELLERS
from services.announcements.cases.withdraw_case import withdraw_case
from services.announcements.cases.write_in_case import Written, write_in_case
from services.announcements.settings import purpose_key
from services.kernel.security import captcha
from services.kernel.security.sessions import NATIONAL, Actor, Role
from services.kernel.web.plain_page import PlainPage
from services.kernel.web.replies import Redirect, see_other
from services.kernel.web.request import Request
from services.kernel.web.site_pages import CASE_REFUSED

PEOPLE = frozenset({Role.HONORER})


@api.route("GET", "/captcha")
def new_captcha() -> captcha.Challenge:
    """A fresh proof-of-work challenge for a case."""
    return captcha.issue(purpose_key("case"))


@api.route("POST", "/usulan", status=201, form=True, fault_page=CASE_REFUSED)
def post_usulan(body: UsulanForm, request: Request) -> CaseFiled | PlainPage:
    """Propose somebody who is missing on a list."""
    return _shown(file_usulan(body, request), request)


@api.route("POST", "/tanggapan", status=201, form=True, fault_page=CASE_REFUSED)
def post_tanggapan(body: TanggapanForm, request: Request) -> CaseFiled | PlainPage:
    """Report a name that should not stand on a list."""
    return _shown(file_tanggapan(body, request), request)


@api.route("POST", "/bantuan", status=201, form=True, fault_page=CASE_REFUSED)
def post_bantuan(body: BantuanForm, request: Request) -> CaseFiled | PlainPage:
    """Ask for help."""
    return _shown(file_bantuan(body, request), request)


@api.route("POST", "/keberatan", roles=PEOPLE, status=201)
def post_keberatan(body: KeberatanForm, request: Request) -> CaseFiled:
    """Object to one's own verdict."""
    return file_keberatan(body, request)


@api.route("GET", "/me/reports/{number}", roles=PEOPLE)
def own_report(number: str, actor: Actor, received: datetime) -> ReportOfMe:
    """What a tanggapan says of whoever is signed in."""
    return get_report(number, actor, received)


@api.route("POST", "/me/reports/{number}/answer", roles=PEOPLE)
def own_report_answer(number: str, body: ReportAnswer, request: Request) -> ReportOfMe:
    """Answer a tanggapan about oneself."""
    return answer_report(number, body, request)


@api.route("POST", "/cases/hearings", form=True, fault_page=CASE_REFUSED)
def hearing(body: NumberAndCode, request: Request) -> ReportOfMe | PlainPage:
    """What a tanggapan says of somebody, for whom its notice was handed to."""
    return _heard(read_by_code(body, request), request)


@api.route("POST", "/cases/hearings/answers", form=True, fault_page=CASE_REFUSED)
def hearing_answer(body: Written, request: Request) -> ReportOfMe | PlainPage:
    """Answer a tanggapan about oneself without an account."""
    return _heard(answer_by_code(body, request), request)


@api.route("POST", "/cases/lookups", form=True, fault_page=CASE_REFUSED)
def case_lookup(body: NumberAndCode, request: Request) -> CaseStatus | PlainPage:
    """How a case stands, for whoever has its number and code."""
    return _followed(find_case(body, request), request)


@api.route("POST", "/cases/messages", form=True, fault_page=CASE_REFUSED)
def case_message(body: Written, request: Request) -> CaseStatus | PlainPage:
    """Write to whoever answers one's case."""
    return _followed(write_in_case(body, request), request)


@api.route("POST", "/cases/withdrawals", form=True, fault_page=CASE_REFUSED)
def case_withdrawal(body: NumberAndCode, request: Request) -> CaseStatus | PlainPage:
    """Take one's case back."""
    return _followed(withdraw_case(body, request), request)


@api.route("GET", "/cases", roles=NATIONAL)
def national_cases(query: InboxQuery, actor: Actor, received: datetime) -> CaseList:
    """The cases that bkn may decide, of all institutions."""
    return list_national(query, actor, received)


@api.route("GET", "/cases/count", roles=NATIONAL)
def national_case_count(received: datetime) -> CaseCount:
    """How many cases bkn may decide, of all institutions."""
    return count_national(received)


@api.route("GET", "/institutions/{code}/cases", roles=READERS)
def institution_cases(code: str, query: InboxQuery, actor: Actor, received: datetime) -> CaseList:
    """An institution's inbox of cases."""
    return list_cases(code, query, actor, received)


@api.route("GET", "/institutions/{code}/cases/count", roles=READERS)
def institution_case_count(code: str, actor: Actor, received: datetime) -> CaseCount:
    """How many cases wait for an institution."""
    return count_cases(code, actor, received)


@api.route("GET", "/institutions/{code}/case-figures", roles=READERS)
def institution_case_figures(code: str, actor: Actor, received: datetime) -> CaseFigures:
    """How many cases came and were decided in time, by type and week; `code` is `nasional` for bkn's own."""
    return get_figures(code, actor, received)


@api.route("GET", "/institutions/{code}/answers", roles=ANSWER_READERS)
def institution_answers(code: str, actor: Actor) -> AnswersView:
    """Answers kept for reuse; `code` is `nasional` for bkn's."""
    return get_answers(code, actor)


@api.route("PUT", "/institutions/{code}/answers", roles=ANSWER_WRITERS)
def institution_answers_kept(code: str, body: AnswersBody, request: Request) -> AnswersView:
    """Keep these answers for reuse, and no others."""
    return keep_answers(code, body, request)


@api.route("GET", "/institutions/{code}/cases/{number}", roles=READERS)
def institution_case(code: str, number: str, actor: Actor, received: datetime) -> CaseView:
    """One case; `code` is `nasional` for one that names no institution."""
    return get_case(code, number, actor, received)


@api.route("POST", "/institutions/{code}/cases/{number}/taking", roles=DECIDERS)
def case_taking(code: str, number: str, body: OnCase, request: Request) -> CaseView:
    """Make a case one's own."""
    return take_case(code, number, body, request)


@api.route("GET", "/institutions/{code}/cases/{number}/notice", roles=TELLERS)
def case_notice(code: str, number: str, actor: Actor, received: datetime) -> Redirect:
    """The notice of a tanggapan for whom it is about, as a PDF under a link of five minutes."""
    return see_other(hand_out_notice(code, number, actor, received))


@api.route("POST", "/institutions/{code}/cases/{number}/handed-over", roles=TELLERS)
def case_handed_over(code: str, number: str, body: HandedOver, request: Request) -> CaseView:
    """Record that the listed person was handed the notice of a tanggapan."""
    return record_handover(code, number, body, request)


@api.route("POST", "/institutions/{code}/cases/{number}/messages", roles=DECIDERS)
def case_staff_message(code: str, number: str, body: MessageBody, request: Request) -> CaseView:
    """Write to whoever filed a case, or ask him."""
    return write_to_reporter(code, number, body, request)


@api.route("POST", "/institutions/{code}/cases/{number}/decisions", roles=DECIDERS)
def case_decision(code: str, number: str, body: CaseDecisionBody, request: Request) -> CaseDecided:
    """Decide a case."""
    return decide_case(code, number, body, request)


@api.route("POST", "/institutions/{code}/cases/{number}/release", roles=DECIDERS)
def case_release(code: str, number: str, body: Refused, request: Request) -> CaseView:
    """Let others decide a case whose noted decision registration refused to carry out."""
    return release_decision(code, number, body, request)


def _shown(filed: CaseFiled, request: Request) -> CaseFiled | PlainPage:
    return build_filed_page(filed) if request.caller.sent_form else filed


def _followed(status: CaseStatus, request: Request) -> CaseStatus | PlainPage:
    return build_followed_page(status) if request.caller.sent_form else status


def _heard(report: ReportOfMe, request: Request) -> ReportOfMe | PlainPage:
    return build_hearing_page(report) if request.caller.sent_form else report
