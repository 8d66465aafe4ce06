"""Working days: what counts, and that nobody gets fewer than he was promised."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.services import ROOT
from services.kernel.clock import WIB
from services.kernel.working_days import end_of_working_day, is_working_day

INSTANTS = st.datetimes(datetime(2022, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - its bounds
DAYS = st.integers(1, 30)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2022-08-16", True),
        ("2022-08-17", False),  # Independence Day
        ("2022-08-20", False),  # a Saturday
        ("2022-05-02", False),  # Idul Fitri
        ("2022-05-04", False),  # cuti bersama
        ("2022-05-09", True),
        ("2026-12-24", False),  # cuti bersama
        ("2026-12-25", False),
    ],
)
def test_holidays_collective_leave_and_weekends_do_not_count(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("since", "days", "end"),
    [
        ("2022-09-01T09:00+07:00", 1, "2022-09-03T00:00+07:00"),  # a Thursday
        ("2022-09-02T09:00+07:00", 1, "2022-09-06T00:00+07:00"),  # a Friday
        ("2022-09-03T09:00+07:00", 1, "2022-09-06T00:00+07:00"),  # a Saturday
        ("2022-08-16T23:59:59+07:00", 1, "2022-08-19T00:00+07:00"),
        ("2022-08-15T17:00:00+00:00", 1, "2022-08-19T00:00+07:00"),  # in WIB it is the 16th already
        ("2022-08-15T16:59:59+00:00", 1, "2022-08-17T00:00+07:00"),
        ("2022-04-28T09:00+07:00", 3, "2022-05-12T00:00+07:00"),  # over Idul Fitri and its collective leave
    ],
)
def test_days_are_counted_in_wib_from_the_next_one(since: str, days: int, end: str) -> None:
    found = end_of_working_day(datetime.fromisoformat(since), days)
    assert (found, found.tzinfo) == (datetime.fromisoformat(end), WIB)


@given(INSTANTS, DAYS)
def test_exactly_so_many_working_days_lie_between(since: datetime, days: int) -> None:
    end = end_of_working_day(since, days)
    day, last = since.astimezone(WIB).date(), end.date() - timedelta(days=1)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(map(is_working_day, between)) == days
    assert is_working_day(last)
    assert end.timetz().replace(tzinfo=None).isoformat() == "00:00:00"


@given(INSTANTS, DAYS, st.integers(0, 5_000_000))
def test_more_days_or_a_later_start_never_end_earlier(since: datetime, days: int, seconds: int) -> None:
    assert end_of_working_day(since, days) < end_of_working_day(since, days + 1)
    assert end_of_working_day(since, days) <= end_of_working_day(since + timedelta(seconds=seconds), days)


@pytest.mark.parametrize("days", [0, -1])
def test_no_days_are_no_time(days: int) -> None:
    with pytest.raises(ValueError, match="one working day"):
        end_of_working_day(datetime(2022, 9, 1, tzinfo=UTC), days)


def test_who_only_imports_it_does_not_load_the_package() -> None:
    code = "import sys, services.kernel.working_days; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
