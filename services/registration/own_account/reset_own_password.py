"""A listed person forgot his password: a code goes to his verified contact, or he has a sheet printed after the lock.

Asked by NIK and birth date, by whoever likes. The answer is always the same, and so is the work: where there is no such
account a code is made all the same, for somebody nobody finds. No window rules it, nor does the lock.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Final

from pydantic import BaseModel, Field

from services.kernel.aws.dynamodb import Operation
from services.kernel.notices.catalogue import NoticeKind, Recipient, RecipientKind
from services.kernel.problems import Code, Problem
from services.kernel.security import captcha, privacy
from services.kernel.security.throttle import Throttle
from services.kernel.values.dates import DayField
from services.kernel.values.identity_fields import NikField
from services.kernel.web.request import Request
from services.registration.accounts import passwords
from services.registration.accounts.contact_codes import Slot, require_code, send_code, spend_code, wrong_code_problem
from services.registration.accounts.sheet_codes import find_sheet, require_tries, wrong_sheet_problem
from services.registration.adapters import account_store, person_store, sheet_store
from services.registration.adapters.account_store import NATIONAL
from services.registration.own_account.own import OwnPerson
from services.registration.settings import captcha_keys, lookup_key, settings
from services.registration.shared.tell_account import tell_own_password
from services.registration.shared.views import Versioned

OF_NETWORK: Final = Throttle("reset-network", 300, timedelta(minutes=10), lookup_key)
_NOBODY: Final = "nobody"
"""A pid that cannot be: reading it costs what reading a person does."""


class ForgottenOwn(BaseModel):
    """Who asks; each asking may send a mail, so it takes a solved captcha."""

    nik: NikField
    tanggal_lahir: DayField
    captcha: str


class NewOwnPassword(ForgottenOwn):
    """The new password, and what shows that it is he: the code that was sent or, without one, that of a sheet."""

    password: str
    code: Annotated[str, Field(max_length=40)] = ""
    sheet: Annotated[str, Field(max_length=40)] = ""


@dataclass(frozen=True)
class _Found:
    """Whose account a NIK and a birth date name; `own` is None where there is none, or the date is another one."""

    account: str
    own: OwnPerson | None

    @property
    def pid(self) -> str:
        return self.own.person.pid if self.own else _NOBODY

    @property
    def slot(self) -> Slot:
        """Where the code of this account stands; nobody's goes to a recipient that is not there."""
        recipient = self.account if self.own else privacy.blind(lookup_key(), "no account", self.account)
        institution = self.own.person.institution if self.own else NATIONAL
        return Slot(NoticeKind.RESET_CODE, Recipient(RecipientKind.PERSON, recipient), "", self.account, institution)


def request_own_password(asked: ForgottenOwn, request: Request) -> None:
    """Send a code, if there is such an account and a contact of it is verified; nothing tells whether there is.

    Raises:
        Problem: `captcha-failed`; `throttled` after too many from one network.
    """
    captcha.require(asked.captcha, captcha_keys(), settings().ttl_table)
    OF_NETWORK.require(request.caller.network)
    try:
        send_code(_find(asked).slot, request)
    except Problem as problem:
        if problem.code is not Code.THROTTLED:  # the code before is the one to use; nobody is told that there is one
            raise


def set_own_password(wish: NewOwnPassword, request: Request) -> None:
    """Set the new password; wherever he is signed in, he is not any more, and he is told.

    Raises:
        Problem: `invalid-fields` for a bad password, or for a code that opens nothing here, whatever the reason;
            `captcha-failed`, `throttled`, `version-moved`.
    """
    request.once.answer(Versioned, lambda: _set(wish, request))


def _set(wish: NewOwnPassword, request: Request) -> Versioned:
    captcha.require(wish.captcha, captcha_keys(), settings().ttl_table)
    passwords.require_good(wish.password, passwords.Owner([wish.nik], "", [wish.tanggal_lahir]))
    found = _find(wish)
    return _set_by_sheet(found, wish, request) if wish.sheet else _set_by_code(found, wish, request)


def _set_by_code(found: _Found, wish: NewOwnPassword, request: Request) -> Versioned:
    require_code(found.slot, wish.code)
    if found.own is None:
        raise wrong_code_problem()
    made = _store(found.own, wish.password, request)
    spend_code(found.slot)
    return made


def _set_by_sheet(found: _Found, wish: NewOwnPassword, request: Request) -> Versioned:
    """By a sheet printed after the lock; one printed before belongs to *reclaim*."""
    require_tries(found.account, request.caller.network)
    sheet = find_sheet(found.pid, wish.sheet, request.received)
    if found.own is None or sheet is None or not sheet.opens_login_only:
        raise wrong_sheet_problem("sheet")
    return _store(found.own, wish.password, request, sheet_store.use(sheet, request.received))


def _store(own: OwnPerson, password: str, request: Request, *also: Operation) -> Versioned:
    passwords.require_good(password, passwords.owner_of(own.person))
    after = own.with_password(passwords.hash_password(password))
    made = Versioned(v=after.v)
    own.commit(after, *tell_own_password(after, own.person), *also, *request.once.remember(made))
    return made


def _find(asked: ForgottenOwn) -> _Found:
    """The same reads are made whether there is an account or not."""
    identifier = account_store.account_id(asked.nik)
    account = account_store.load(identifier)
    person = person_store.find(account.pid if account and account.pid else _NOBODY)
    if account is None or person is None or not account.may_sign_in:
        return _Found(identifier, None)
    born = person.row.get("tanggal_lahir") == asked.tanggal_lahir.isoformat()
    own = OwnPerson(account, person, account_store.contact(account, person))
    return _Found(identifier, own if born else None)
