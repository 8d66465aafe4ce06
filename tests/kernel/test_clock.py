from datetime import UTC, datetime, timedelta

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


def test_instants_are_told_in_wib() -> None:
    assert clock.wib(datetime(2022, 10, 22, 10, 0, tzinfo=UTC)) == "22 Oktober 2022 pukul 17.00 WIB"
    assert clock.wib(datetime(2022, 10, 22, 9, 59, 7, 999000, tzinfo=UTC)) == "22 Oktober 2022 pukul 16.59.07 WIB"
