"""When a case should be decided, and by whom first (domain.md, section 3, *Cases*); working days are Indonesia's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from services.announcements.model.case import HEARD_WITHIN, Topic
from services.kernel.cases import CaseKind, CaseLevel
from services.kernel.clock import WIB
from services.kernel.working_days import end_of_working_day
from services.kernel.writes.calendar import Round, Window

OF_BKN: Final = frozenset({Topic.SILUMAN, Topic.PUNGLI})
"""Types that concern the institution itself: bkn alone reads and answers them."""
PERSONAL_DATA_WITHIN: Final = timedelta(hours=72)
"""Three days (UU 27/2022)."""
BEFORE_CORRECTION_CLOSES: Final = timedelta(days=2)
"""An usulan is decided by the institution until so long before: what is accepted has to be completed."""
_WORKING_DAYS: Final[Mapping[CaseKind, int]] = {
    CaseKind.USULAN: 3,
    CaseKind.TANGGAPAN: 3,  # after the listed person was heard (ours)
    CaseKind.KEBERATAN: 10,
    CaseKind.BANTUAN: 3,
}


@dataclass(frozen=True)
class Due:
    """Who has to decide first, and until when; an instant in WIB."""

    level: CaseLevel
    at: datetime


def due_of(kind: CaseKind, topic: Topic | None, received: datetime, round_: Round | None) -> Due:
    """Of a case received at an instant; `round_` is its institution's, None where it names none."""
    if round_ is None or topic in OF_BKN:
        return Due(CaseLevel.BKN, _within(kind, topic, received))
    if kind is not CaseKind.USULAN:
        return Due(CaseLevel.INSTANSI, _within(kind, topic, received))
    latest = round_.windows[Window.CORRECTION].closes - BEFORE_CORRECTION_CLOSES
    if received >= latest:
        return Due(CaseLevel.BKN, _end_of_day(received))
    return Due(CaseLevel.INSTANSI, min(_within(kind, topic, received), latest.astimezone(WIB)))


def _within(kind: CaseKind, topic: Topic | None, received: datetime) -> datetime:
    if topic is Topic.DATA_PRIBADI:
        return (received + PERSONAL_DATA_WITHIN).astimezone(WIB)
    heard = HEARD_WITHIN if kind is CaseKind.TANGGAPAN else timedelta()
    return end_of_working_day(received + heard, _WORKING_DAYS[kind])


def _end_of_day(received: datetime) -> datetime:
    return datetime.combine(received.astimezone(WIB).date() + timedelta(days=1), time.min, WIB)
