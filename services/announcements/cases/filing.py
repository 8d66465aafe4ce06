"""Take a case in, whatever its kind: limits, security check, doubles, number and code (domain.md, section 3, *Cases*).

Not gated: a case is a letter to the institution. What it decides to enter is written by registration, gated.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, Field

from services.announcements.adapters import case_store
from services.announcements.cases.file_ticket import ticket_for
from services.announcements.cases.number_and_code import code_of
from services.announcements.cases.tell import tell_received
from services.announcements.model.case import Case, Reporter, Topic
from services.announcements.model.case_states import CASE_MOVES, CaseStep
from services.announcements.model.due import due_of
from services.announcements.settings import purpose_key, purpose_keys, settings
from services.kernel.audit.chain import Event
from services.kernel.cases import CaseKind
from services.kernel.cases.number import case_number_in_groups, new_case_number
from services.kernel.clock import WIB
from services.kernel.log import LogLine, log
from services.kernel.notices.outbox import NATIONAL
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security import captcha, privacy
from services.kernel.security.throttle import Throttle
from services.kernel.values.identity_fields import MaybeEmail, MaybePhone
from services.kernel.values.texts import clean_text
from services.kernel.web.request import Request
from services.kernel.writes import gate, patience, ungated
from services.kernel.writes.calendar import Round

_MAX_CAPTCHA: Final = 10_000


def _key() -> bytes:
    return purpose_key("throttle")


OF_NETWORK: Final = Throttle("case", 60, timedelta(hours=1), _key)
"""From one address: a whole office may stand behind one *(ours)*."""
UNPROVED_OF_NETWORK: Final = Throttle("case-unproved", 5, timedelta(hours=1), _key)
"""The same where no script ran, so no captcha was solved *(ours)*."""
OF_CONTACT: Final = Throttle("case-contact", 10, timedelta(days=1), _key)
"""With one e-mail address or telephone *(ours)*: nobody's mailbox is filled by strangers."""
REPORTER_ACTOR: Final = "public"
"""Stands in the audit trail for whoever filed a case, of whom it names nothing."""


def _maybe_text(text: str) -> str:
    return clean_text(text) if text.strip() else ""


MaybeName = Annotated[str, Field(max_length=100), AfterValidator(_maybe_text)]
"""A name, or empty: not everybody says who he is."""


class ReporterFields(BaseModel):
    """How whoever files is written to, where he wants to be; `captcha` is missing where no script ran."""

    email: MaybeEmail = ""
    hp: MaybePhone = ""
    captcha: Annotated[str, Field(max_length=_MAX_CAPTCHA)] = ""


class Taken(BaseModel):
    """What a retry is answered from; the code is made again, and stored nowhere."""

    number: str


class CaseFiled(BaseModel):
    """Number and code as they are shown; `ticket` lets papers be uploaded for 15 minutes; `due_at`: decided by when."""

    number: str
    code: str
    ticket: str
    due_at: datetime


@dataclass(frozen=True)
class NewCase:
    """What is filed: to whom (an institution's code, empty for bkn), what it says, and what it is about.

    `about`, if any, is what makes two cases of one kind one: a keyed hash.
    """

    kind: CaseKind
    institution: str
    said: dict[str, Any]
    reporter: Reporter
    topic: Topic | None = None
    pid: str | None = None
    about: str | None = None


def count_attempt(fields: ReporterFields, request: Request) -> None:
    """Count the attempt, before anything is read for it.

    Raises:
        Problem: `throttled`.
    """
    (UNPROVED_OF_NETWORK if _is_unproved(fields, request) else OF_NETWORK).require(request.caller.network)


def require_proof(fields: ReporterFields, request: Request) -> None:
    """Check the security check, good for one case, and how many were filed with this contact.

    Raises:
        Problem: `captcha-failed`, `throttled`.
    """
    if not _is_unproved(fields, request):
        captcha.require(fields.captcha, purpose_keys("case"), settings().ttl_table)
    for contact in filter(None, (fields.email.casefold(), fields.hp)):
        OF_CONTACT.require(contact)


def _is_unproved(fields: ReporterFields, request: Request) -> bool:
    return request.caller.sent_form and not fields.captcha


def read_institution(code: str) -> Round:
    """The round of an institution that somebody typed.

    Raises:
        Problem: `invalid-fields` where it takes no part.
    """
    try:
        return gate.read_round(code)
    except Problem as problem:
        if problem.code is not Code.NOT_FOUND:
            raise
        message = "Kode instansi ini tidak ada pada pendataan. Lihat daftar instansi di halaman Pengumuman."
        raise invalid_problem("institution", "unknown", message) from problem


def reporter_of(fields: ReporterFields, request: Request, name: str = "") -> Reporter:
    """Who files, as he says."""
    return Reporter(name=name, email=fields.email, phone=fields.hp, language=request.caller.language.value)


def file_case(new: NewCase, round_: Round | None, request: Request) -> Taken:
    """Keep a new case, joined to an open one about the same; of two at once one is the first.

    Raises:
        Problem: `try-again`.
    """
    for attempt in range(ungated.MAX_TRIES):
        case = _case(new, round_, request)
        if _keep(case, new, request):
            log(LogLine.CASE_RECEIVED, institution=case.institution)
            return Taken(number=case.number)
        patience.pause(attempt)
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _keep(case: Case, new: NewCase, request: Request) -> bool:
    first = case_store.open_about(case.institution, new.about) if new.about else None
    standing = case_store.load(first) if first else None
    joined = standing.number if standing is not None and standing.is_open else None
    case = replace(case, joined=joined)
    also = [case_store.put_reporter(case, new.reporter)]
    if joined is not None:
        also += case_store.join(case, joined)
    elif new.about:
        also.append(case_store.note_about(case, new.about, first))
    also += [*tell_received(case, new.reporter), *request.once.remember(Taken(number=case.number))]
    said = {"kind": case.kind.value, "topic": case.topic.value if case.topic else None, "joined": joined}
    return case_store.keep(None, case, Event(REPORTER_ACTOR, CaseStep.FILE.value, request.received, said), also)


def answer_filed(taken: Taken, request: Request) -> CaseFiled:
    """What whoever filed is shown, also at a retry.

    Raises:
        Problem: `not-found`.
    """
    case = case_store.load(taken.number)
    if case is None:
        raise Problem(Code.NOT_FOUND)
    return CaseFiled(
        number=case_number_in_groups(case.number),
        code=code_of(case),
        ticket=ticket_for(case, request.received),
        due_at=case.due_at.astimezone(WIB),
    )


def _case(new: NewCase, round_: Round | None, request: Request) -> Case:
    due = due_of(new.kind, new.topic, request.received, round_)
    return Case(
        number=new_case_number(),
        institution=new.institution or NATIONAL,
        kind=new.kind,
        state=CASE_MOVES.after(None, CaseStep.FILE),
        level=due.level,
        at=request.received,
        moved_at=request.received,
        due_at=due.at,
        v=0,
        head="",
        salt=privacy.new_salt(),
        said=new.said,
        topic=new.topic,
        pid=new.pid,
    )
