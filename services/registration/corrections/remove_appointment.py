"""Staff take out a further appointment that the institution entered."""

from services.kernel.web.request import Request
from services.registration.access.scope import load_dossier_to_work_on
from services.registration.corrections.appointments import (
    find_institutions_appointment,
    replace_appointment,
    require_open,
)
from services.registration.dossiers.histories import HistoryAdded
from services.registration.model.dossier import Dossier
from services.registration.shared.views import WithReason


def remove_appointment(
    pid: str, identifier: str, wish: WithReason, *, institution: str, request: Request
) -> HistoryAdded:
    """Take the appointment out and judge again; the audit trail keeps it, and its files count nowhere then.

    Raises:
        Problem: as `correct_appointment`.
    """
    dossier = load_dossier_to_work_on(request.actor, institution, pid)
    return request.once.answer(HistoryAdded, lambda: _drop(dossier, identifier, wish, request))


def _drop(dossier: Dossier, identifier: str, wish: WithReason, request: Request) -> HistoryAdded:
    require_open(dossier, wish.v, request)
    before = find_institutions_appointment(dossier, identifier)
    return replace_appointment(dossier, before, None, action="drop-history", reason=wish.reason, request=request)
