"""Staff correct a further appointment that the institution entered."""

from dataclasses import replace

from services.kernel.web.request import Request
from services.registration.access.scope import load_dossier_to_work_on
from services.registration.corrections.appointments import (
    find_institutions_appointment,
    replace_appointment,
    require_open,
)
from services.registration.dossiers.histories import HistoryAdded, HistoryForm
from services.registration.model.dossier import Dossier
from services.registration.shared.views import Reason


class CorrectedAppointmentForm(HistoryForm):
    """The appointment as it should be, and why."""

    reason: Reason


def correct_appointment(
    pid: str, identifier: str, form: CorrectedAppointmentForm, *, institution: str, request: Request
) -> HistoryAdded:
    """Store the appointment as it is now and judge again.

    Raises:
        Problem: `forbidden` for the first one and for what the person entered himself; `conflict` where nothing
            differs; else as `add_appointment`.
    """
    dossier = load_dossier_to_work_on(request.actor, institution, pid)
    return request.once.answer(HistoryAdded, lambda: _correct(dossier, identifier, form, request))


def _correct(dossier: Dossier, identifier: str, form: CorrectedAppointmentForm, request: Request) -> HistoryAdded:
    require_open(dossier, form.v, request)
    before = find_institutions_appointment(dossier, identifier)
    after = replace(before, fields=form.read(dossier.person))
    return replace_appointment(dossier, before, after, action="correct-history", reason=form.reason, request=request)
