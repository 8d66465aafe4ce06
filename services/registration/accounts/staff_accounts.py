"""Accounts of staff: what they sign in with, whose record is their own, how they are shown."""

from datetime import date

from pydantic import BaseModel

from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.security.sessions import Actor, Role
from services.kernel.values.identity import InvalidIdentifier, read_nik, read_nip
from services.kernel.values.texts import as_typed
from services.registration.accounts.passwords import Owner
from services.registration.adapters import account_store
from services.registration.model.account import NOT_LISTED, Account, AccountState
from services.registration.settings import lookup_key

_NIK_DIGITS = 16


class StaffAccountView(BaseModel):
    """A member of staff as his institution's admin sees him; the sign-in number is masked.

    `invited_by`: those of the same list who invited him or gave him a role, by name; empty where it was bkn.
    """

    id: str
    login_masked: str
    name: str
    role: Role
    units: list[str]
    state: AccountState
    position: str
    until: date | None
    invited_by: list[str] = []
    v: int


def read_login(text: str) -> str:
    """The digits of a NIP or NIK that staff sign in with.

    Raises:
        ValueError: "code|sentence" for the form.
    """
    digits = "".join(as_typed(text).split())
    try:
        return read_nik(digits).digits if len(digits) == _NIK_DIGITS else read_nip(digits).digits
    except InvalidIdentifier as refused:
        raise ValueError(f"{refused.code.value}|Isi NIP (18 angka) atau NIK (16 angka) yang benar.") from None


def owner_of_login(login: str, name: str) -> Owner:
    """What of a member of staff makes a bad password for him."""
    born = (read_nik(login) if len(login) == _NIK_DIGITS else read_nip(login)).birth_date
    return Owner([login], name, [born])


def load_staff(user: str, code: str, reader: Actor) -> Account:
    """An account of an institution's staff (`nasional`: of bkn and auditors).

    Raises:
        Problem: `not-found`, also for a reader of another institution.
    """
    reader.require_institution(code)
    account = account_store.load(user)
    if account is None or account.pid is not None or (account.institution or account_store.NATIONAL) != code:
        raise Problem(Code.NOT_FOUND)
    return account


def own_record(account: Account) -> str | None:
    """Whose record a member of staff may not work on: the pid of his own NIK in his institution, listed or not.

    Domain.md, section 2, *Own row*. Whoever signs in with a NIP declares which NIK is his, if he is listed; None until
    then.
    """
    login = account_store.staff_private(account).login
    if account.institution is None or len(login) != _NIK_DIGITS:
        return None if account.own == NOT_LISTED else account.own
    return privacy.person_id(lookup_key(), account.institution, login)


def masked(login: str) -> str:
    """A sign-in number as it is shown: the first four and last two digits."""
    return f"{login[:4]}{'*' * (len(login) - 6)}{login[-2:]}"


def view_staff(account: Account) -> StaffAccountView:
    """The account as it is shown."""
    private = account_store.staff_private(account)
    return StaffAccountView(
        id=account.id,
        login_masked=masked(private.login),
        name=private.name,
        role=account.role,
        units=list(account.units),
        state=account.state,
        position=private.position,
        until=private.until,
        v=account.v,
    )
