"""Make the account that makes all others: the first one of bkn, which no route can make."""

from services.kernel.security.sessions import Role
from services.kernel.values.identity import read_nip
from services.registration.accounts.staff_accounts import add_staff_account
from services.registration.model.account import Account


def create_first_bkn(login: str, name: str, password: str) -> Account:
    """Make a bkn account; run by whoever deploys the portal, with registration's environment.

    bkn signs in with a NIP only (domain.md, section 2): a NIK would leave open whose record is his own.

    Raises:
        ValueError: `login` is no NIP.
        Problem: `invalid-fields` for a bad password, `account-exists` when it was made before.
    """
    return add_staff_account(
        login=read_nip(login).digits, name=name, password=password, role=Role.BKN, institution=None
    )
