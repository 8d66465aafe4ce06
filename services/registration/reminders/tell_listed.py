"""Tell a page of an institution's people whether they stand on its numbered pre-final list (domain.md, section 3)."""

from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.aws.dynamodb import Item
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient, RecipientKind
from services.kernel.states import PersonState, Phase
from services.kernel.writes.calendar import Round
from services.registration.adapters import account_store, person_items, seal_store
from services.registration.model.edition import Edition
from services.registration.model.reminder_step import ReminderStep
from services.registration.reminders.tell_page import is_reached, tell_page
from services.registration.shared.daytime import is_day
from services.registration.shared.on_lists import latest_prefinal, stood_in
from services.registration.shared.tell_staff import put_by

_LOOKED_AT: Final = frozenset(PersonState) - {PersonState.DRAF}
"""Nobody has an account before he is registered; who was taken off or moved is asked whether he still has one here."""


def tell_listed(step: ReminderStep, round_: Round) -> None:
    """Tell a page of people; none at night, and none once a later list was made or uji publik is over.

    What was not told for the night is begun anew in the morning (begin_listed.py).

    Raises:
        Problem, Busy, RuntimeError: a store is busy; the message comes again.
    """
    if not is_day(clock.now()):
        return
    made = seal_store.made(round_.institution)
    latest = latest_prefinal(made)
    if latest is None or latest.number != step.listed or round_.phase is not Phase.PRAFINAL:
        return
    at = made[latest]
    tell_page(step, _LOOKED_AT, lambda root: _tell_one(root, latest, at))


def _tell_one(root: Item, edition: Edition, at: datetime) -> bool:
    """Put by the notice for whom this root item is of, if he can be reached; once a list, whichever it says."""
    person = person_items.to_person(root)
    if not person.has_account:
        return False
    identifier = account_store.account_id(person.row["nik"])
    if not is_reached(person, identifier):
        return False
    on_it = stood_in(person, edition.listed, at)
    kind = NoticeKind.ON_PREFINAL_LIST if on_it else NoticeKind.NOT_ON_PREFINAL_LIST
    event = f"prefinal.{edition.institution}.{edition.number}"
    recipient = Recipient(RecipientKind.PERSON, identifier)
    return put_by(Notice(kind, event, recipient, {"at": at}, person.institution))
