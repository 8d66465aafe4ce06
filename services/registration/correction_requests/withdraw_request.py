"""A person takes a request back, or the second look that he asked for."""

from services.kernel.web.request import Request
from services.registration.adapters import person_store
from services.registration.correction_requests.moving import find_request, store_moved
from services.registration.model.correction_request import Step
from services.registration.shared.views import OnVersion, Versioned


def withdraw_request(identifier: str, withdrawal: OnVersion, request: Request) -> Versioned:
    """Nobody has to decide it any more; what was decided before stays.

    Raises:
        Problem: `not-found`, `illegal-transition` once it is decided, `version-moved`, `window-closed`, `try-again`.
    """
    return request.once.answer(Versioned, lambda: _withdraw(identifier, withdrawal, request))


def _withdraw(identifier: str, withdrawal: OnVersion, request: Request) -> Versioned:
    person = person_store.load(request.actor.id)
    moved = find_request(person, identifier).moved(Step.WITHDRAW)
    person.require_version(withdrawal.v)
    answer = Versioned(v=person.v + 1)
    remembered = request.once.remember(answer)
    store_moved(person, person, moved, action=Step.WITHDRAW, delta={}, request=request, extra=remembered)
    return answer
