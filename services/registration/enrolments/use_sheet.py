"""Whoever makes an account types the code of his activation sheet; making the account uses it up."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import ENROLMENT_OVER
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.accounts.sheet_codes import find_sheet, require_tries, wrong_sheet_problem
from services.registration.adapters import person_store
from services.registration.enrolments import enrolment as enrolments
from services.registration.enrolments.backing import BackingView, view_backing
from services.registration.enrolments.enrolment import SHEET


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
    sheet = find_sheet(person.pid, typed.code, request.received)
    if sheet is None:
        raise wrong_sheet_problem()
    if kept.contact is None or not enrolments.change_contact(person, by, kept, {SHEET: sheet.hash}):
        raise Problem(Code.UNAUTHENTICATED, ENROLMENT_OVER)
    return view_backing(person, by.enrolment, {**kept.contact, SHEET: sheet.hash}, request.received)
