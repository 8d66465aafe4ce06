"""Routes of corrections: what the institution puts right of a registered person."""

from services.kernel.web.request import Request
from services.registration.access.staff_roles import ENTERERS
from services.registration.api import api
from services.registration.corrections.add_appointment import add_appointment
from services.registration.corrections.answer import CorrectedView
from services.registration.corrections.correct_appointment import CorrectedAppointmentForm, correct_appointment
from services.registration.corrections.correct_person import CorrectionBody, correct_person
from services.registration.corrections.remove_appointment import remove_appointment
from services.registration.dossiers.histories import HistoryAdded, HistoryForm
from services.registration.shared.views import WithReason


@api.route("POST", "/institutions/{code}/people/{person}/corrections", roles=ENTERERS)
def person_correct(code: str, person: str, body: CorrectionBody, request: Request) -> CorrectedView:
    """Correct registered fields."""
    return correct_person(person, body, institution=code, request=request)


@api.route("POST", "/institutions/{code}/people/{person}/histories", roles=ENTERERS, status=201)
def person_history_new(code: str, person: str, body: HistoryForm, request: Request) -> HistoryAdded:
    """Enter a further appointment of a person."""
    return add_appointment(person, body, institution=code, request=request)


@api.route("PUT", "/institutions/{code}/people/{person}/histories/{identifier}", roles=ENTERERS)
def person_history_edit(
    code: str, person: str, identifier: str, body: CorrectedAppointmentForm, request: Request
) -> HistoryAdded:
    """Correct one that the institution entered."""
    return correct_appointment(person, identifier, body, institution=code, request=request)


@api.route("DELETE", "/institutions/{code}/people/{person}/histories/{identifier}", roles=ENTERERS)
def person_history_delete(code: str, person: str, identifier: str, body: WithReason, request: Request) -> HistoryAdded:
    """Take one out that the institution entered."""
    return remove_appointment(person, identifier, body, institution=code, request=request)
