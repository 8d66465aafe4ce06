"""Make the account that makes all others: the first one of bkn, which no route can make."""

from services.kernel.sessions import Role
from services.registration.accounts.account import Account
from services.registration.accounts.staff_accounts import add_staff_account, read_login


def create_first_bkn(login: str, name: str, password: str) -> Account:
    """Make a bkn account; run by whoever deploys the portal, with registration's environment.

    Raises:
        ValueError: `login` is no NIP or NIK.
        Problem: `invalid-fields` for a bad password, `account-exists` when it was made before.
    """
    return add_staff_account(login=read_login(login), name=name, password=password, role=Role.BKN, institution=None)
