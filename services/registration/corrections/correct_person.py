"""Staff put right what the institution registered of a person (domain.md, section 3, *Putting right*)."""

from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.registration.access.scope import load_dossier_to_work_on, require_unit
from services.registration.adapters import list_store, person_store
from services.registration.corrections.answer import Corrected, CorrectedView, corrected
from services.registration.corrections.correcting import WINDOW_OF_CORRECTIONS, commit, correct
from services.registration.model.dossier import Dossier
from services.registration.model.person_states import Action
from services.registration.people.entered_view import view_warnings
from services.registration.rows.check_row import check_row
from services.registration.rows.row_body import RowBody
from services.registration.rows.unlisted import find_unlisted
from services.registration.shared.views import Reason, view_advice


class CorrectionBody(RowBody):
    """Fields as they should be, None for what is to go; on which version of the record, and why."""

    v: int
    reason: Reason


def correct_person(pid: str, body: CorrectionBody, *, institution: str, request: Request) -> CorrectedView:
    """Correct any registered field but the NIK, and say what became of it.

    Raises:
        Problem: `not-found`, `own-record`, `window-closed`, `window-not-open`, `version-moved`, `invalid-fields`,
            `illegal-transition` for what is not registered, `conflict` where nothing differs, `try-again`.
    """
    dossier = load_dossier_to_work_on(request.actor, institution, pid)
    return _view(request.once.answer(Corrected, lambda: _correct(dossier, body, request)))


def _correct(dossier: Dossier, body: CorrectionBody, request: Request) -> Corrected:
    gate.read_round(dossier.person.institution).require(WINDOW_OF_CORRECTIONS, request.received)
    dossier.person.require_version(body.v)
    correction = correct(dossier, body.given(), by=request.actor.id, at=request.received)
    require_unit(request.actor, correction.after.unit_kerja)
    answer = corrected(correction)
    extra = request.once.remember(answer)
    commit(correction, action=Action.CORRECT.value, reason=body.reason, request=request, extra=extra)
    return answer


def _view(answer: Corrected) -> CorrectedView:
    person = person_store.load(answer.id)
    unlisted = find_unlisted(person.row, list_store.load(person.institution))
    warnings = view_warnings((*check_row(person.row).warnings, *unlisted))
    return CorrectedView(**dict(answer), advice=view_advice(person), warnings=warnings)
