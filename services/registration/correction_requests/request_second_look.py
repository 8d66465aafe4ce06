"""A person asks that what was refused is looked at once more, by somebody else (domain.md, section 3)."""

from typing import Final

from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.registration.adapters import person_store
from services.registration.correction_requests.moving import find_request, store_moved
from services.registration.model.correction_request import CorrectionRequest, Step, due
from services.registration.shared.views import Versioned, WithReason

_NONE_REFUSED: Final = "Tidak ada isian yang ditolak pada permohonan ini, jadi tidak ada yang ditinjau ulang."
_TOO_LATE: Final = "Waktu lima hari kerja untuk meminta tinjauan ulang sudah lewat. Ajukan permohonan baru."


def request_second_look(identifier: str, appeal: WithReason, request: Request) -> Versioned:
    """What was refused is open again, with working days anew; there is one second look.

    Raises:
        Problem: `not-found`, `illegal-transition` for one that is open or was looked at twice, `conflict` when nothing
            was refused or its five working days are over, `invalid-fields` without a reason, `version-moved`,
            `window-closed`, `try-again`.
    """
    return request.once.answer(Versioned, lambda: _ask(identifier, appeal, request))


def _ask(identifier: str, appeal: WithReason, request: Request) -> Versioned:
    person = person_store.load(request.actor.id)
    decided = find_request(person, identifier)
    due_at, bkn_at = due(request.received)
    moved = decided.moved(Step.SECOND_LOOK, appeal=appeal.reason, due_at=due_at, bkn_at=bkn_at)
    _require_in_time(decided, request)
    person.require_version(appeal.v)
    answer = Versioned(v=person.v + 1)
    remembered = request.once.remember(answer)
    delta = {"reason": appeal.reason}
    store_moved(person, person, moved, action=Step.SECOND_LOOK, delta=delta, request=request, extra=remembered)
    return answer


def _require_in_time(decided: CorrectionRequest, request: Request) -> None:
    if decided.appeal_until is None:
        raise Problem(Code.CONFLICT, _NONE_REFUSED)
    if request.received >= decided.appeal_until:
        raise Problem(Code.CONFLICT, _TOO_LATE)
