"""Tell an institution's admins that a deadline is near, with how much is still open."""

from collections.abc import Mapping
from typing import Final

from services.kernel.notices.catalogue import Notice, NoticeKind, Value
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.writes.calendar import Round, Window
from services.registration.adapters import counter_store
from services.registration.reminders.deadlines import Deadline
from services.registration.shared.tell_staff import put_by, staff_in

_UNSUBMITTED: Final = frozenset({PersonState.TERDAFTAR, PersonState.AKUN_DIBUAT, PersonState.DIKEMBALIKAN})
_UNDECIDED: Final = _UNSUBMITTED | {PersonState.DIAJUKAN}
_OF_WINDOW: Final[Mapping[Window, str]] = {
    Window.ENTRY: "drafts",
    Window.DOSSIER: "unsubmitted",
    Window.CORRECTION: "drafts",
    Window.VERIFICATION: "undecided",
}
"""What of the open matters can no longer be done once a window has closed."""


def remind_staff(deadline: Deadline, round_: Round) -> None:
    """Put by a notice for each admin, unless nothing is open that the deadline ends."""
    still_open = count_open(round_)
    if not any(still_open[_OF_WINDOW[window]] for window in deadline.windows):
        return
    windows = ",".join(window.value for window in deadline.windows)
    fields: Mapping[str, Value] = {"until": deadline.closes, "windows": windows, **still_open}
    for recipient in staff_in(deadline.institution, Role.ADMIN):
        put_by(Notice(NoticeKind.DEADLINE_NEAR_STAFF, deadline.event, recipient, fields, deadline.institution))


def count_open(round_: Round) -> dict[str, int]:
    """Drafts, registered people who have not submitted, and people without a verdict, by the exact counters."""
    states = counter_store.current(round_).by_state
    return {
        "drafts": states.get(PersonState.DRAF, 0),
        "unsubmitted": sum(states.get(state, 0) for state in _UNSUBMITTED),
        "undecided": sum(states.get(state, 0) for state in _UNDECIDED),
    }
