"""The code that opens an application beside its number: shown once when it was taken in, and kept nowhere.

It is made of a secret and the application's own salt, so that the retry of a request is shown the same one, and whoever
reads the table finds nothing to open an application with.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Final

from services.kernel.problems import Code, Problem
from services.kernel.security.throttle import Throttle
from services.registration.adapters import application_store
from services.registration.model.application import Application, in_groups, read_number
from services.registration.model.registration_number import CROCKFORD, as_crockford
from services.registration.settings import lookup_key

LENGTH: Final = 12
"""60 bits: nobody finds it by trying."""
_NOT_FOUND: Final = "Tidak ada permohonan dengan nomor dan kode ini. Periksa keduanya pada lembar yang Anda simpan."
LOOKS = Throttle("application-look", 200, timedelta(hours=1), lookup_key)
"""From one address; the page asks every few seconds while a letter is inspected."""


def access_code(application: Application) -> str:
    """The code, without its dashes."""
    said = b"application code\x1f" + application.number.encode() + application.salt
    number = int.from_bytes(hmac.digest(lookup_key(), said, hashlib.sha256), "big")
    return "".join(CROCKFORD[number >> (5 * at) & 31] for at in range(LENGTH))


def code_in_groups(code: str) -> str:
    """A code as it is shown, `XXXX-XXXX-XXXX`."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def open_application(number: str, code: str, network: str) -> Application:
    """The application that number and code, as typed, open together.

    Raises:
        Problem: `not-found`, the same for a number that is none and for a wrong code; `throttled`.
    """
    LOOKS.require(network)
    read = read_number(number)
    application = application_store.load(read) if read else None
    if application is None or not secrets.compare_digest(_typed(code), access_code(application).encode()):
        raise Problem(Code.NOT_FOUND, _NOT_FOUND)
    return application


def _typed(code: str) -> bytes:
    return as_crockford(code).encode()


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
