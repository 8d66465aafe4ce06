"""What opens an application: its number and the code that was shown once with it."""

from datetime import timedelta
from typing import Final

from services.kernel.problems import Code, Problem
from services.kernel.security import access_code
from services.kernel.security.throttle import Throttle
from services.registration.adapters import application_store
from services.registration.model.application import Application, in_groups, read_number
from services.registration.settings import lookup_key

_NOT_FOUND: Final = "Tidak ada permohonan dengan nomor dan kode ini. Periksa keduanya pada lembar yang Anda simpan."
LOOKS: Final = Throttle("application-look", 2_000, timedelta(hours=1), lookup_key)
"""From one address *(ours)*: many offices, or a town's phones, stand behind one, and the page asks every few seconds
while a letter is inspected. Of a code's 2**60 so many guesses an hour find none."""


def code_of(application: Application) -> str:
    """The code, without its dashes."""
    return access_code.access_code(lookup_key(), "application code", application.number, application.salt)


def open_application(number: str, code: str, network: str) -> Application:
    """The application that number and code, as typed, open together.

    Raises:
        Problem: `not-found`, the same for a number that is none and for a wrong code; `throttled`.
    """
    LOOKS.require(network)
    read = read_number(number)
    application = application_store.load(read) if read else None
    if application is None or not access_code.is_code(code, code_of(application)):
        raise Problem(Code.NOT_FOUND, _NOT_FOUND)
    return application


def load_by(number: str) -> Application:
    """An application by its number, for bkn.

    Raises:
        Problem: `not-found`.
    """
    read = read_number(number)
    application = application_store.load(read) if read else None
    if application is None:
        raise Problem(Code.NOT_FOUND, f"Tidak ada permohonan {in_groups(read)}." if read else None)
    return application
