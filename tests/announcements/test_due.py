"""When each kind of case is due: whole working days of Indonesia, with a holiday between."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.announcements.model.case import Topic
from services.announcements.model.due import due_of
from services.kernel.cases import CaseKind, CaseLevel
from services.kernel.clock import WIB
from services.kernel.states import Phase
from services.kernel.writes.calendar import DEFAULT_2022, Round, Span, Window

FRIDAY = datetime(2022, 8, 12, 10, tzinfo=WIB)
"""Wednesday the 17th of August is Independence Day."""
ROUND = Round("9901", 1, Phase.PRAFINAL, 1, 1, DEFAULT_2022)


@pytest.mark.parametrize(
    ("kind", "topic", "until"),
    [
        (CaseKind.USULAN, None, (8, 19)),  # Monday, Tuesday, Thursday
        (CaseKind.BANTUAN, Topic.LUPA_SANDI, (8, 19)),
        (CaseKind.TANGGAPAN, None, (8, 23)),  # five days' hearing until the 17th, then Thursday, Friday, Monday
        (CaseKind.KEBERATAN, None, (8, 30)),  # ten, the 29th the last
    ],
)
def test_a_holiday_is_no_working_day(kind: CaseKind, topic: Topic | None, until: tuple[int, int]) -> None:
    due = due_of(kind, topic, FRIDAY, ROUND)
    assert (due.level, due.at) == (CaseLevel.INSTANSI, datetime(2022, *until, tzinfo=WIB))


def test_personal_data_are_due_by_the_clock() -> None:
    assert due_of(CaseKind.BANTUAN, Topic.DATA_PRIBADI, FRIDAY, ROUND).at == FRIDAY + timedelta(hours=72)


@pytest.mark.parametrize(("before", "level"), [(1, CaseLevel.INSTANSI), (0, CaseLevel.BKN)])
def test_an_usulan_is_the_institutions_until_two_days_before_corrections_close(before: int, level: CaseLevel) -> None:
    closes = FRIDAY + timedelta(days=2, milliseconds=before)
    windows = {**DEFAULT_2022, Window.CORRECTION: Span(FRIDAY - timedelta(days=9), closes)}
    due = due_of(CaseKind.USULAN, None, FRIDAY, replace(ROUND, windows=windows))
    assert due.level is level
    assert due.at == (closes - timedelta(days=2) if before else datetime(2022, 8, 13, tzinfo=WIB))
