"""Accounts of staff: what they hold, how they are shown, and the one way to make one."""

from collections.abc import Sequence

from pydantic import BaseModel

from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.security.sessions import Role
from services.kernel.values.identity import InvalidIdentifier, read_nik, read_nip
from services.kernel.values.texts import as_typed
from services.kernel.writes import ungated
from services.registration.accounts import passwords
from services.registration.accounts.passwords import Owner
from services.registration.adapters import account_store
from services.registration.model.account import Account
from services.registration.settings import lookup_key

_NIK_DIGITS = 16


class StaffAccountView(BaseModel):
    """A member of staff as his institution's admin sees him; the sign-in number is masked."""

    id: str
    login_masked: str
    name: str
    role: Role
    units: list[str]
    disabled: bool


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


def add_staff_account(
    *, login: str, name: str, password: str, role: Role, institution: str | None, units: Sequence[str] = ()
) -> Account:
    """Make an account whose `login` has been read.

    Raises:
        Problem: `invalid-fields` for a bad password, `account-exists`, `try-again`.
    """
    born = (read_nik(login) if len(login) == _NIK_DIGITS else read_nip(login)).birth_date
    passwords.require_good(password, Owner([login], name, [born]))
    identifier, salt = account_store.account_id(login), privacy.new_salt()
    account = Account(
        id=identifier,
        role=role,
        institution=institution,
        units=tuple(units),
        pid=None,
        password_hash=passwords.hash_password(password),
        token_version=1,
        disabled=False,
        v=1,
        salt=salt,
        encrypted=account_store.encrypt_staff(identifier, {"name": name, "login": login}, institution, salt),
    )
    if not ungated.commit([account_store.put_new(account)]):
        raise Problem(Code.ACCOUNT_EXISTS, "Nomor ini sudah memiliki akun. Periksa daftar pengguna.")
    return account


def own_record(account: Account) -> str | None:
    """Whose record a member of staff may not work on: the pid of his own NIK in his institution, listed or not.

    Domain.md, section 2, *Own row*. None for whoever signs in with a NIP: he cannot say yet which NIK is his.
    """
    login = account_store.staff_private(account)["login"]
    if account.institution is None or len(login) != _NIK_DIGITS:
        return None
    return privacy.person_id(lookup_key(), account.institution, login)


def view_staff(account: Account) -> StaffAccountView:
    """The account as it is shown."""
    private = account_store.staff_private(account)
    login = private["login"]
    return StaffAccountView(
        id=account.id,
        login_masked=f"{login[:4]}{'*' * (len(login) - 6)}{login[-2:]}",
        name=private["name"],
        role=account.role,
        units=list(account.units),
        disabled=account.disabled,
    )
