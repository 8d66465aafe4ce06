from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel import clock


def test_shift_moves_the_clock_and_not_the_machines() -> None:
    clock.shift(timedelta(days=-1000))
    try:
        assert abs(clock.machine_now() - clock.now() - timedelta(days=1000)) < timedelta(seconds=1)
    finally:
        clock.shift(timedelta(0))


def test_nobody_moves_the_clock_in_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_EXECUTION_ENV", "AWS_Lambda_python3.13")
    with pytest.raises(RuntimeError):
        clock.shift(timedelta(seconds=1))


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_millis_round_trip_to_the_millisecond(instant: datetime) -> None:
    assert abs(clock.from_millis(clock.millis(instant)) - instant) <= timedelta(microseconds=500)


@pytest.mark.parametrize(
    ("instant", "told", "told_from"),
    [
        ("2022-10-22T17:00:00", "22 Oktober 2022 pukul 17.00 WIB", "22 Oktober 2022 pukul 17.00 WIB"),
        ("2022-10-22T16:59:07.999", "22 Oktober 2022 pukul 16.59 WIB", "22 Oktober 2022 pukul 17.00 WIB"),
        ("2022-10-01T00:00:00", "30 September 2022 pukul 24.00 WIB", "1 Oktober 2022 pukul 00.00 WIB"),
        ("2022-10-01T00:00:00.001", "1 Oktober 2022 pukul 00.00 WIB", "1 Oktober 2022 pukul 00.01 WIB"),
        ("2022-12-31T23:59:59.999", "31 Desember 2022 pukul 23.59 WIB", "1 Januari 2023 pukul 00.00 WIB"),
    ],
)
def test_instants_are_told_in_wib_to_the_minute(instant: str, told: str, told_from: str) -> None:
    at = datetime.fromisoformat(f"{instant}+07:00").astimezone(UTC)
    assert (clock.wib(at), clock.wib_from(at)) == (told, told_from)


@given(st.dates(date(2000, 1, 1)), st.times() | st.just(time.min), st.sampled_from([7, 8, 9]))
def test_midnight_alone_ends_its_day_and_no_seconds_are_told(day: date, at: time, hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    instant = datetime.combine(day, at, zone)
    told_day, told = clock.day_and_time(instant.astimezone(UTC), zone)
    hour, minute = map(int, told.split("."))
    read = datetime.combine(told_day, time.min, zone) + timedelta(hours=hour, minutes=minute)
    assert read == instant.replace(second=0, microsecond=0)
    assert (told == "24.00") == (at == time.min)
