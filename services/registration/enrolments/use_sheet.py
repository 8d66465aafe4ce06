"""Whoever makes an account types the code of his activation sheet; making the account uses it up."""

from datetime import timedelta
from typing import Annotated, Final

from pydantic import BaseModel, Field

from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.sessions import ENROLMENT_OVER
from services.kernel.security.throttle import Throttle
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.adapters import person_store, sheet_store
from services.registration.enrolments import enrolment as enrolments
from services.registration.enrolments.backing import BackingView, view_backing
from services.registration.enrolments.enrolment import SHEET
from services.registration.settings import lookup_key

OF_NETWORK: Final = Throttle("sheet-network", 300, timedelta(minutes=10), lookup_key)
OF_PERSON: Final = Throttle("sheet-person", 10, timedelta(hours=1), lookup_key)
"""From one network: nobody else's guesses keep the right sheet out."""


class TypedSheet(BaseModel):
    """The ten letters and digits of the sheet, with or without dashes."""

    code: Annotated[str, Field(max_length=40)]


def use_sheet(typed: TypedSheet, request: Request) -> BackingView:
    """Keep that the enrolment has the sheet of its person.

    Raises:
        Problem: `invalid-fields` for a code that is wrong, used, over, another person's or of a sheet that was printed
            anew, alike; `throttled`, `unauthenticated` when the enrolment is over, `window-closed`.
    """
    by = request.actor
    person = person_store.load(by.id)
    kept = enrolments.load(person, by)
    gate.read_round(person.institution).require(Window.DOSSIER, request.received)
    require_tries(person.pid, request.caller.network)
    sheet = sheet_store.load(person.pid)
    right = sheet is not None and sheet.hash == sheet_store.hash_code(person.pid, typed.code)
    if sheet is None or not right or not sheet.is_good(request.received):
        raise wrong_sheet()
    if kept.contact is None or not enrolments.change_contact(person, by, kept, {SHEET: sheet.hash}):
        raise Problem(Code.UNAUTHENTICATED, ENROLMENT_OVER)
    return view_backing(person, by.enrolment, {**kept.contact, SHEET: sheet.hash}, request.received)


def require_tries(pid: str, network: str) -> None:
    """Count a try of a sheet's code.

    Raises:
        Problem: `throttled` after too many of one person, or from one network.
    """
    OF_NETWORK.require(network)
    OF_PERSON.require(f"{pid} {network}")


def wrong_sheet() -> Problem:
    """What any code is answered that does not open anything here."""
    sentence = (
        "Kode lembar ini tidak dapat dipakai. Salin lagi dari lembar Anda yang terakhir; bila tetap tidak dapat, "
        "minta lembar baru kepada instansi Anda."
    )
    return invalid_problem("code", "wrong-sheet", sentence)
