"""The cookies a sign-in sets, and how signing out takes them away."""

from services.kernel import clock
from services.kernel.security.sessions import SECOND_FACTOR_COOKIE, SECOND_FACTOR_TTL, SESSION_COOKIE, SESSION_TTL
from services.kernel.web.replies import Cookie
from services.registration.sessions import devices
from services.registration.sessions.start_session import Started

REFRESH_COOKIE = "__Secure-refresh"
DEVICE_COOKIE = "__Host-device"
_SESSIONS_ONLY = "/api/registration/sessions"


def of_sign_in(started: Started) -> list[Cookie]:
    """The session, the refresh token where there is a next one, and what makes the browser known."""
    cookies = [Cookie(SESSION_COOKIE, started.token, int(SESSION_TTL.total_seconds()))]
    if started.family.token is not None:
        left = int((started.family.until - clock.now()).total_seconds())
        cookies.append(Cookie(REFRESH_COOKIE, started.family.token, left, _SESSIONS_ONLY))
    if started.device is not None:
        cookies.append(Cookie(DEVICE_COOKIE, started.device, int(devices.TTL.total_seconds())))
    return cookies


def of_password(token: str) -> list[Cookie]:
    """What lets a member of staff try a code, once his password was right."""
    return [Cookie(SECOND_FACTOR_COOKIE, token, int(SECOND_FACTOR_TTL.total_seconds()))]


def of_sign_out() -> list[Cookie]:
    """Session and refresh token gone; the browser stays known."""
    return [Cookie(SESSION_COOKIE, "", 0), Cookie(REFRESH_COOKIE, "", 0, _SESSIONS_ONLY)]
