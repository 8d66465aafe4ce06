"""The person adds a further appointment."""

from services.kernel.documents import new_history_id
from services.kernel.web.request import Request
from services.registration.adapters import person_store
from services.registration.dossiers.change import open_dossier, save
from services.registration.dossiers.histories import HistoryAdded, HistoryForm, require_room
from services.registration.model.person import History
from services.registration.settings import files_key


def add_history(form: HistoryForm, request: Request) -> HistoryAdded:
    """Store the appointment and judge again.

    Raises:
        Problem: `invalid-fields`, `conflict` when there are as many as allowed, `window-closed`, `version-moved`,
            `illegal-transition`.
    """
    return request.once.answer(HistoryAdded, lambda: _add(form, request))


def _add(form: HistoryForm, request: Request) -> HistoryAdded:
    opened = open_dossier(request, form.v)
    after = opened.editable()
    require_room(opened.dossier)
    row = History(new_history_id(files_key(), after.pid), form.read(after))
    added = HistoryAdded(id=row.id, v=opened.person.v + 1)
    save(
        opened,
        after,
        "add-history",
        {row.id: [None, dict(row.fields)]},
        histories=[*opened.dossier.histories, row],
        extra=[person_store.put_history(after, row), *request.once.remember(added)],
    )
    return added
