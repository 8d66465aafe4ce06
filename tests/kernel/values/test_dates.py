"""Days as people write them: read where one day is meant, refused with the reason where not."""

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.clock import MONTHS as WRITTEN
from services.kernel.values.dates import MONTHS, NEAR_MIDNIGHT, DateFault, InvalidDate, day_of, read_day, read_month

DAYS = st.dates(date(1900, 1, 2), date(2100, 12, 30))
SHORT = ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%dT00:00:00Z", "%d/%m/%Y 00:00")


def fault(text: str) -> DateFault:
    with pytest.raises(InvalidDate) as refused:
        read_day(text)
    return refused.value.code


@given(DAYS, st.sampled_from(SHORT))
def test_a_day_in_figures_is_read(day: date, pattern: str) -> None:
    assert read_day(day.strftime(pattern)) == day


@given(DAYS, st.data())
def test_a_day_in_words_is_read(day: date, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(MONTHS[day.month - 1].split()))
    length = data.draw(st.integers(3, len(word)))
    between = data.draw(st.sampled_from([" ", "-", "", ". "]))
    assert read_day(f"{day.day}{between}{word[:length].upper()}{between}{day.year}") == day


@given(DAYS, st.timedeltas(-timedelta(hours=12), timedelta(hours=12)))
def test_an_instant_is_the_midnight_it_stands_by_or_no_day(day: date, shift: timedelta) -> None:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as a spreadsheet gives it
    if abs(shift) <= NEAR_MIDNIGHT:
        assert day_of(midnight + shift) == day
    else:
        with pytest.raises(InvalidDate):
            day_of(midnight + shift)


@given(DAYS, st.integers(1, 299))
def test_an_instant_before_midnight_is_never_the_day_before(day: date, seconds: int) -> None:
    shifted = datetime(day.year, day.month, day.day) - timedelta(seconds=seconds)  # noqa: DTZ001
    for pattern in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.000Z", "%d/%m/%Y %H:%M:%S"):
        assert read_day(shifted.strftime(pattern)) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31-12-85", DateFault.YEAR),
        ("31 Des 85", DateFault.YEAR),
        ("31-12-1899", DateFault.YEAR),
        ("31-02-2021", DateFault.IMPOSSIBLE),
        ("12/31/2021", DateFault.ORDER),
        ("17 Junuari 2021", DateFault.FORMAT),
        ("1 J 2021", DateFault.FORMAT),
        ("2021-01-01T17:00:00.000Z", DateFault.TIME),
        ("2021-01-01 23:54:59", DateFault.TIME),
        ("2021-01-01 24:00", DateFault.TIME),
        ("", DateFault.FORMAT),
    ],
)
def test_no_day_is_guessed(text: str, code: DateFault) -> None:
    assert fault(text) is code


def test_months_have_twelve_numbers_and_no_word_means_two() -> None:
    assert [read_month(name) for name in WRITTEN] == list(range(1, 13))
    words = [(word[:length], number) for number, names in enumerate(MONTHS, 1) for word in names.split()
             for length in range(3, len(word) + 1)]  # fmt: skip
    assert all(read_month(beginning) == number for beginning, number in words)
    assert read_month("") is read_month("ju") is read_month("juno") is None


@given(st.text(max_size=25))
def test_any_text_is_a_day_or_has_a_reason(text: str) -> None:
    with suppress(InvalidDate):
        assert 1900 <= read_day(text).year <= 2100
