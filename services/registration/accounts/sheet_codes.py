"""The code of an activation sheet as somebody types it; what is wrong with one is never told (domain.md, section 3)."""

from datetime import datetime, timedelta
from typing import Final

from services.kernel.problems import Problem, invalid_problem
from services.kernel.security.throttle import Throttle
from services.registration.adapters import sheet_store
from services.registration.model.sheet import Sheet
from services.registration.settings import lookup_key

OF_NETWORK: Final = Throttle("sheet-network", 300, timedelta(minutes=10), lookup_key)
OF_PERSON: Final = Throttle("sheet-person", 10, timedelta(hours=1), lookup_key)
"""From one network: nobody else's guesses keep the right sheet out."""


def require_tries(subject: str, network: str) -> None:
    """Count a try of a sheet's code; `subject` is whose: a pid, or an account id where there may be none.

    Raises:
        Problem: `throttled` after too many of one person, or from one network.
    """
    OF_NETWORK.require(network)
    OF_PERSON.require(f"{subject} {network}")


def find_sheet(pid: str, typed: str, at: datetime) -> Sheet | None:
    """The person's sheet, if this is its code and it is good still; the same is read and worked out in any case."""
    sheet = sheet_store.load(pid)
    right = sheet_store.hash_code(pid, typed)
    return sheet if sheet is not None and sheet.hash == right and sheet.is_good(at) else None


def wrong_sheet_problem(field: str = "code") -> Problem:
    """What any code is answered that opens nothing here; `field` is the form's name for it."""
    sentence = (
        "Kode lembar ini tidak dapat dipakai. Salin lagi dari lembar Anda yang terakhir; bila tetap tidak dapat, "
        "minta lembar baru kepada instansi Anda."
    )
    return invalid_problem(field, "wrong-sheet", sentence)
