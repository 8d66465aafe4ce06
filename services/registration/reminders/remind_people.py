"""Tell a page of an institution's people that the time to submit ends soon, if something of theirs is open.

Open is what only the person can do while `DOSSIER` is open: to submit, after a return to submit again, and after a
submission to replace a file that was refused or never came (domain.md, section 4). Who has no verified contact, or said
that he works there no more, is not written to.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from services.kernel import clock
from services.kernel.aws.dynamodb import Item
from services.kernel.documents import FileState
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient, RecipientKind
from services.kernel.states import PersonState
from services.registration.adapters import account_store, person_items, person_store
from services.registration.dossiers.completeness import missing_files
from services.registration.model.person import KnownFile, Person
from services.registration.model.reminder_step import ReminderStep
from services.registration.reminders.deadlines import Deadline
from services.registration.reminders.tell_page import is_reached, tell_page
from services.registration.shared.tell_staff import put_by

_ARRIVES_WITHIN: Final = timedelta(days=1)
"""A file that is inspected since longer than this never came."""
_TO_SUBMIT: Final = frozenset({PersonState.AKUN_DIBUAT, PersonState.DIKEMBALIKAN})
_LOOKED_AT: Final = _TO_SUBMIT | {PersonState.DIAJUKAN}


def remind_people(step: ReminderStep, deadline: Deadline, *, wait: Callable[[float], None] = time.sleep) -> None:
    """Put by the notices of one page, and ask for the next page.

    Raises:
        Problem, Busy, RuntimeError: a store is busy; the message comes again.
    """
    tell_page(step, _LOOKED_AT, lambda root: remind_one(root, deadline), wait=wait)


def remind_one(root: Item, deadline: Deadline) -> bool:
    """Put by the notice for whom this root item is of, if something of his is open; False also when he was told."""
    person = person_items.to_person(root)
    if not has_something_open(person, clock.now()):
        return False
    identifier = account_store.account_id(person.row["nik"])
    if not is_reached(person, identifier):
        return False
    recipient, fields = Recipient(RecipientKind.PERSON, identifier), {"until": deadline.closes}
    notice = Notice(NoticeKind.DEADLINE_NEAR, deadline.event, recipient, fields, person.institution)
    return put_by(notice)


def has_something_open(person: Person, now: datetime) -> bool:
    """Whether something is left that only he can do before his time to submit ends."""
    if not person.has_account or person.active is False:
        return False
    return person.state in _TO_SUBMIT or (person.state is PersonState.DIAJUKAN and _lacks_files(person.pid, now))


def _lacks_files(pid: str, now: datetime) -> bool:
    dossier = person_store.load_dossier(pid)
    coming = tuple(_as_if_accepted(file, now) for file in dossier.files)
    return bool(missing_files(replace(dossier, files=coming)))


def _as_if_accepted(file: KnownFile, now: datetime) -> KnownFile:
    """The file, for accepted while its inspection may still be under way."""
    since = clock.from_millis(file.kept_at) if file.kept_at is not None else now
    is_coming = file.state == FileState.DIPERIKSA.value and now - since < _ARRIVES_WITHIN
    return replace(file, state=FileState.DITERIMA.value) if is_coming else file
