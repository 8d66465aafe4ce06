"""Tell whoever was left undecided, and the admins, that verdicts are given again (domain.md, section 3, *BKN*)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.aws.dynamodb import Item
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient, RecipientKind, Value
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.writes.calendar import Round, Window
from services.registration.adapters import account_store, counter_store, person_items
from services.registration.model.reminder_step import ReminderStep
from services.registration.reminders.tell_page import is_reached, tell_page
from services.registration.shared.tell_staff import put_by, staff_in

_LOOKED_AT: Final = frozenset({PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN})


def tell_reopened(step: ReminderStep, round_: Round) -> None:
    """Tell the admins with the first page, and a page of people; none once verdicts are closed, or the epoch is over.

    Raises:
        Problem, Busy, RuntimeError: a store is busy; the message comes again.
    """
    check = round_.windows[Window.VERIFICATION]
    if round_.epoch != step.reopened or not check.holds(clock.now()):
        return
    event = f"reopened.{round_.institution}.{round_.epoch}"
    if step.cursor is None:
        _tell_admins(event, round_)
    tell_page(step, _LOOKED_AT, lambda root: _tell_one(root, event, check.closes))


def _tell_admins(event: str, round_: Round) -> None:
    states = counter_store.current(round_).by_state
    until, undecided = round_.windows[Window.VERIFICATION].closes, states.get(PersonState.DIAJUKAN, 0)
    fields: Mapping[str, Value] = {"until": until, "undecided": undecided}
    for recipient in staff_in(round_.institution, Role.ADMIN):
        put_by(Notice(NoticeKind.VERIFICATION_REOPENED_STAFF, event, recipient, fields, round_.institution))


def _tell_one(root: Item, event: str, until: datetime) -> bool:
    """Put by the notice for whom this root item is of, if he had submitted and can be reached."""
    person = person_items.to_person(root)
    if not (person.state is PersonState.DIAJUKAN or person.was_returned) or not person.has_account:
        return False
    identifier = account_store.account_id(person.row["nik"])
    if not is_reached(person, identifier):
        return False
    recipient = Recipient(RecipientKind.PERSON, identifier)
    return put_by(Notice(NoticeKind.VERIFICATION_REOPENED, event, recipient, {"until": until}, person.institution))
