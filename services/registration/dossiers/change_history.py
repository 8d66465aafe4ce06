"""The person corrects a further appointment."""

from datetime import datetime

from services.kernel.idempotency import Once
from services.kernel.sessions import Actor
from services.registration.adapters import person_store
from services.registration.dossiers.change import open_dossier, save
from services.registration.dossiers.histories import HistoryAdded, HistoryForm, find_history
from services.registration.people.record import History


def change_history(identifier: str, form: HistoryForm, *, actor: Actor, received: datetime, once: Once) -> HistoryAdded:
    """Store the appointment as it is now and judge again.

    Raises:
        Problem: `not-found`, `forbidden` for the first appointment, `invalid-fields`, `window-closed`,
            `version-moved`, `illegal-transition`.
    """
    return once.answer(HistoryAdded, lambda: _change(identifier, form, actor, received, once))


def _change(identifier: str, form: HistoryForm, actor: Actor, received: datetime, once: Once) -> HistoryAdded:
    opened = open_dossier(actor, form.v, received)
    before = find_history(opened.dossier, identifier)
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
        extra=[person_store.put_history(after, row), *once.remember(changed)],
    )
    return changed
