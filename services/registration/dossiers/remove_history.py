"""The person takes a further appointment out again."""

from services.kernel.web.request import Request
from services.registration.adapters import person_store
from services.registration.dossiers.change import open_dossier, save
from services.registration.dossiers.histories import find_own_history
from services.registration.shared.views import OnVersion, Versioned


def remove_history(identifier: str, removal: OnVersion, request: Request) -> Versioned:
    """Delete the appointment and judge again; the audit trail keeps it.

    Raises:
        Problem: `not-found`, `forbidden` for one of the institution's, `window-closed`, `version-moved`,
            `illegal-transition`.
    """
    return request.once.answer(Versioned, lambda: _remove(identifier, removal, request))


def _remove(identifier: str, removal: OnVersion, request: Request) -> Versioned:
    opened = open_dossier(request, removal.v)
    row = find_own_history(opened.dossier, identifier)
    after = opened.editable()
    removed = Versioned(v=opened.person.v + 1)
    save(
        opened,
        after,
        "remove-history",
        {identifier: [dict(row.fields), None]},
        histories=[other for other in opened.dossier.histories if other.id != identifier],
        extra=[person_store.delete_history(after, identifier), *request.once.remember(removed)],
    )
    return removed
