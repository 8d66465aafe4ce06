"""A request that changes an institution is answered with the institution as it then stands."""

from collections.abc import Callable

from services.finalization.adapters.store import Changed
from services.finalization.institution.get_institution import InstitutionView, get_institution
from services.finalization.model.institution import Institution
from services.kernel import clock
from services.kernel.web.request import Request


def get_after(request: Request, change: Callable[[], Institution]) -> InstitutionView:
    """Let a use case make its change, once for a request and its retries; what came of it.

    Remembered is that it was made: a retry is shown what stands when it comes, as everybody else is.

    Raises:
        Problem: `invalid-fields` for another content under a key that was used; whatever `change` raises.
    """
    changed = request.once.answer(Changed, lambda: Changed.of(change()))
    return get_institution(changed.owner, request.actor, clock.now())
