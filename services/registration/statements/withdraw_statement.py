"""A person who was taken off the roster because he said so says that he does work there (domain.md, section 4)."""

from dataclasses import replace
from typing import Final

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.registration.adapters import person_store
from services.registration.model.person_states import Action
from services.registration.people.restore_person import bring_back
from services.registration.shared.views import Moved, OnVersion

_NOT_HIS: Final = (
    "Anda tidak dikeluarkan karena pernyataan Anda sendiri, jadi tidak dapat dibatalkan di sini. "
    "Hubungi bagian kepegawaian instansi Anda."
)


def withdraw_statement(reversal: OnVersion, request: Request) -> Moved:
    """Bring him back to where he was, as somebody who says that he works there.

    Raises:
        Problem: `conflict` where it was not his own statement, `version-moved`, `window-closed`, `window-not-open`,
            `try-again`.
    """
    return request.once.answer(Moved, lambda: _reverse(reversal, request))


def _reverse(reversal: OnVersion, request: Request) -> Moved:
    person = person_store.load(request.actor.id)
    deletion = person.private.deletion
    if person.deletion_reason is None or deletion is None or not deletion.stated:
        raise Problem(Code.CONFLICT, _NOT_HIS)
    person.require_version(reversal.v)
    restored = person.moved(Action.RESTORE, request.received)
    private = replace(restored.private, active_at=clock.millis(request.received), activity_answer=None)
    active = replace(restored, active=True, private=private)
    return bring_back(person, active, {"active": [False, True]}, request)
