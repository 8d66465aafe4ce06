"""Whoever is signed in shows again that it is he, before he changes what lets him in."""

from services.kernel.problems import invalid_problem
from services.kernel.web.request import Request
from services.registration.accounts import passwords
from services.registration.model.account import Account
from services.registration.sessions import lockout
from services.registration.sessions.cookies import DEVICE_COOKIE
from services.registration.sessions.devices import Device


def require_password(account: Account, password: str, captcha: str, request: Request, device: Device) -> None:
    """Ask for the password again; wrong ones are counted as at the sign-in.

    Raises:
        Problem: `invalid-fields` for a wrong one, `captcha-required`, `captcha-failed`.
    """
    known = device.knows(account)
    place = lockout.known(account.id, device) if known else lockout.unknown(account.id, request.caller.network)
    lockout.admit(place, captcha, crowded=False)
    if not passwords.matches(account.password_hash, password):
        raise invalid_problem("current", "wrong-password", "Kata sandi yang sekarang salah.")
    lockout.let_in(place)


def device_of(request: Request) -> Device:
    """The browser that asks."""
    return Device.of(request.caller.cookies.get(DEVICE_COOKIE))
