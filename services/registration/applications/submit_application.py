"""Apply for one's institution's first admin, with nothing but one's name, NIP and office e-mail; the letter follows."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security import captcha, privacy
from services.kernel.security.access_code import code_in_groups
from services.kernel.security.throttle import Throttle
from services.kernel.values.identity import InvalidIdentifier, read_nip
from services.kernel.values.identity_fields import EmailField
from services.kernel.values.texts import clean_text
from services.kernel.web.request import Request
from services.kernel.working_days import end_of_working_day
from services.kernel.writes import gate, ungated
from services.registration.adapters import account_store, application_store
from services.registration.adapters.staff_log import StaffLog
from services.registration.applications.deeds import ApplicationDeed, event
from services.registration.applications.letter_ticket import ticket_for
from services.registration.applications.number_and_code import code_of
from services.registration.applications.views import Taken
from services.registration.model.application import (
    APPLICATION_MOVES,
    WORKING_DAYS,
    Applicant,
    Application,
    ApplicationStep,
    in_groups,
    new_number,
)
from services.registration.settings import captcha_keys, lookup_key, settings
from services.registration.shared.tell import tell_applied

OF_NETWORK = Throttle("application-address", 20, timedelta(hours=1), lookup_key)
"""From one address *(ours)*: an office applies once."""
TO_EMAIL = Throttle("application-email", 5, timedelta(days=1), lookup_key)
"""To one e-mail *(ours)*: nobody's mailbox is filled by strangers."""
MOST_OPEN = 3
"""Open applications of one NIP at one institution, each with another e-mail *(ours)*: an address may be mistyped."""

_BEING_DECIDED = (
    "Permohonan dengan NIP dan email ini sedang diproses. Buka statusnya dengan nomor dan kode yang Anda simpan; "
    "hasilnya juga dikirim ke email itu."
)


def _nip(text: str) -> str:
    try:
        return read_nip(text).digits
    except InvalidIdentifier as refused:
        raise ValueError(f"{refused.code.value}|Isi NIP (18 angka) yang benar.") from None


class NewApplication(BaseModel):
    """The form."""

    institution: Annotated[str, Field(pattern=r"^[0-9]{4}$")]
    nip: Annotated[str, Field(max_length=40), AfterValidator(_nip)]
    name: Annotated[str, Field(min_length=1, max_length=100), AfterValidator(clean_text)]
    email: EmailField
    captcha: str


class Applied(BaseModel):
    """The number and code to follow it by, as they are shown; `ticket` lets the letter be uploaded for 15 minutes."""

    number: str
    code: str
    ticket: str


def submit_application(new: NewApplication, request: Request) -> Applied:
    """Take an application in.

    Nothing is told of the institution's admins or of others' applications: a stranger may ask. Who applies again with
    the same NIP and e-mail is told that it is being decided, which he knew.

    Raises:
        Problem: `throttled`, `captcha-failed`, `application-open`, `invalid-fields` for an institution that takes no
            part, `try-again`.
    """
    taken = request.once.answer(Taken, lambda: _take_in(new, request))
    application = application_store.load(taken.number)
    if application is None:
        raise Problem(Code.NOT_FOUND)
    code = code_in_groups(code_of(application))
    return Applied(number=in_groups(taken.number), code=code, ticket=ticket_for(application, request.received))


def _take_in(new: NewApplication, request: Request) -> Taken:
    OF_NETWORK.require(request.caller.network)
    _require_taking_part(new.institution)
    captcha.require(new.captcha, captcha_keys(), settings().ttl_table)
    TO_EMAIL.require(new.email.casefold())
    log = StaffLog(new.institution)
    application = _application(new, request)
    _require_free(application)
    taken = Taken(number=application.number)
    operations = [application_store.put(application), application_store.note_open(application)]
    noted = log.note(event(ApplicationDeed.APPLY, application, request))
    told = tell_applied(application)
    if not ungated.commit([*operations, *noted, *told, *request.once.remember(taken)]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return taken


def _application(new: NewApplication, request: Request) -> Application:
    return Application(
        number=new_number(),
        institution=new.institution,
        state=APPLICATION_MOVES.after(None, ApplicationStep.APPLY),
        account=account_store.staff_id(new.nip),
        at=request.received,
        due_at=end_of_working_day(request.received, WORKING_DAYS),
        v=1,
        salt=privacy.new_salt(),
        applicant=Applicant(nip=new.nip, name=new.name, email=new.email),
    )


def _require_taking_part(institution: str) -> None:
    try:
        gate.read_round(institution)
    except Problem as problem:
        if problem.code is not Code.NOT_FOUND:
            raise
        message = "Instansi ini belum terdaftar pada pendataan. Pilih dari daftar, atau hubungi BKN."
        raise invalid_problem("institution", "unknown", message) from problem


def _require_free(application: Application) -> None:
    standing = application_store.open_of(application.institution, application.account)
    if application_store.hash_email(application.applicant.email) in standing:
        raise Problem(Code.APPLICATION_OPEN, _BEING_DECIDED)
    if len(standing) >= MOST_OPEN:
        raise Problem(Code.THROTTLED, "Sudah terlalu banyak permohonan dengan NIP ini. Hubungi BKN.")
