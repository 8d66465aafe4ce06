"""Tell who has to decide that requests for correction are overdue: once a day, while they can be decided.

After three working days the institution's admins hear of them, after five bkn, which may decide them by then as well
(domain.md, section 3, *Putting right*).
"""

from collections import Counter
from datetime import date, datetime
from typing import Final

from services.kernel import clock
from services.kernel.notices.catalogue import Notice, NoticeKind
from services.kernel.security.sessions import Role
from services.kernel.writes import gate
from services.kernel.writes.calendar import Round, Window
from services.registration.adapters import request_store
from services.registration.adapters.account_store import NATIONAL
from services.registration.shared.tell_staff import put_by, staff_in

_MOST: Final = 5000
"""More are told as so many."""


def remind_of_requests(day: date, round_: Round, now: datetime) -> None:
    """Tell an institution's admins how many requests are overdue."""
    if not round_.windows[Window.CORRECTION].holds(now):
        return
    count = len(request_store.overdue(round_.institution, clock.millis(now), _MOST))
    if count:
        _tell(NoticeKind.REQUESTS_OVERDUE, round_.institution, Role.ADMIN, day, count)


def remind_bkn(day: date, now: datetime) -> None:
    """Tell bkn how many requests it may decide by now, those left out whose institution's time is over."""
    waiting = Counter(one.institution for one in request_store.open_anywhere(clock.millis(now), _MOST))
    count = sum(n for code, n in waiting.items() if gate.read_round(code).windows[Window.CORRECTION].holds(now))
    if count:
        _tell(NoticeKind.REQUESTS_WITH_BKN, NATIONAL, Role.BKN, day, count)


def _tell(kind: NoticeKind, institution: str, role: Role, day: date, count: int) -> None:
    for recipient in staff_in(institution, role):
        put_by(Notice(kind, f"{kind}.{institution}.{day.isoformat()}", recipient, {"count": count}, institution))
