"""The person corrects a further appointment."""

from services.kernel.web.request import Request
from services.registration.adapters import person_store
from services.registration.dossiers.change import open_dossier, save
from services.registration.dossiers.histories import HistoryAdded, HistoryForm, find_own_history
from services.registration.model.person import History


def change_history(identifier: str, form: HistoryForm, request: Request) -> HistoryAdded:
    """Store the appointment as it is now and judge again.

    Raises:
        Problem: `not-found`, `forbidden` for one of the institution's, `invalid-fields`, `window-closed`,
            `version-moved`, `illegal-transition`.
    """
    return request.once.answer(HistoryAdded, lambda: _change(identifier, form, request))


def _change(identifier: str, form: HistoryForm, request: Request) -> HistoryAdded:
    opened = open_dossier(request, form.v)
    before = find_own_history(opened.dossier, identifier)
    after = opened.editable()
    row = History(identifier, form.read(after))
    others = [other for other in opened.dossier.histories if other.id != identifier]
    changed = HistoryAdded(id=identifier, v=opened.person.v + 1)
    save(
        opened,
        after,
        "change-history",
        {identifier: [dict(before.fields), dict(row.fields)]},
        histories=[*others, row],
        extra=[person_store.put_history(after, row), *request.once.remember(changed)],
    )
    return changed
