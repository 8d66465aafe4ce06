"""Staff enter a further appointment of a person, as his papers say it."""

from services.kernel.documents import new_history_id
from services.kernel.web.request import Request
from services.registration.access.scope import load_dossier_to_work_on
from services.registration.corrections.appointments import replace_appointment, require_open
from services.registration.dossiers.histories import HistoryAdded, HistoryForm, require_room
from services.registration.model.dossier import Dossier
from services.registration.model.person import History
from services.registration.settings import files_key


def add_appointment(pid: str, form: HistoryForm, *, institution: str, request: Request) -> HistoryAdded:
    """Store the appointment and judge again.

    Raises:
        Problem: `not-found`, `own-record`, `window-closed`, `window-not-open`, `version-moved`, `invalid-fields`,
            `illegal-transition` for what is not registered, `conflict` when there are as many as allowed, `try-again`.
    """
    dossier = load_dossier_to_work_on(request.actor, institution, pid)
    return request.once.answer(HistoryAdded, lambda: _enter(dossier, form, request))


def _enter(dossier: Dossier, form: HistoryForm, request: Request) -> HistoryAdded:
    require_open(dossier, form.v, request)
    require_room(dossier)
    identifier = new_history_id(files_key(), dossier.person.pid)
    row = History(identifier, form.read(dossier.person), by=request.actor.id)
    return replace_appointment(dossier, None, row, action="enter-history", reason=None, request=request)
