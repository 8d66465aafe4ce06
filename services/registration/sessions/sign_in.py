"""Sign in with NIK and password: whoever is listed himself. Staff have a door of their own (sign_in_staff.py)."""

from services.kernel.web.caller import Caller
from services.registration.adapters import account_store
from services.registration.sessions.check_password import Credentials, check_password
from services.registration.sessions.devices import Device
from services.registration.sessions.start_session import Started, begin_session


def sign_in(credentials: Credentials, *, caller: Caller, device: Device) -> Started:
    """Check number and password and start a session.

    Raises:
        Problem: as `check_password`.
    """
    identifier = account_store.account_id(credentials.login)
    account = check_password(identifier, credentials, network=caller.network, device=device)
    return begin_session(account, device, caller.agent)
