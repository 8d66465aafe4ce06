"""Tell who answers for cases how many are due within a day, and how many are overdue: once a day (section 11)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from services.kernel import clock
from services.kernel.cases import CaseKind
from services.kernel.notices.catalogue import Notice, NoticeKind
from services.kernel.security.sessions import Role
from services.registration.adapters import case_store
from services.registration.model.case import KnownCase
from services.registration.shared.tell_staff import put_by, staff_in

_SOON: Final = timedelta(days=1)
_MOST: Final = 5000
"""More are told as so many."""
_OFFICE: Final[Mapping[Role, frozenset[CaseKind]]] = {
    Role.ADMIN: frozenset(CaseKind),
    Role.OPERATOR: frozenset({CaseKind.USULAN}),
    Role.VERIFIKATOR: frozenset({CaseKind.TANGGAPAN, CaseKind.KEBERATAN}),
    Role.HELPDESK: frozenset({CaseKind.BANTUAN}),
}
"""Who answers for which kind."""


def remind_of_cases(day: date, institution: str, now: datetime) -> None:
    """Tell each role of the institution of the cases of its kinds; nobody of what there is none of."""
    known = [case for case in case_store.list_open(institution, clock.millis(now + _SOON), _MOST) if case.of_office]
    late = [case for case in known if case.due_at is not None and case.due_at <= clock.millis(now)]
    _tell(NoticeKind.CASE_OVERDUE_STAFF, institution, day, late)
    _tell(NoticeKind.CASE_DUE_STAFF, institution, day, [case for case in known if case not in late])


def _tell(kind: NoticeKind, institution: str, day: date, cases: Iterable[KnownCase]) -> None:
    kinds = [case.kind for case in cases]
    for role, its in _OFFICE.items():
        count = sum(each in its for each in kinds)
        if not count:
            continue
        for recipient in staff_in(institution, role):
            put_by(Notice(kind, f"{kind}.{institution}.{day.isoformat()}", recipient, {"count": count}, institution))
