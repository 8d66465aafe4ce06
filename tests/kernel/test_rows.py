"""Ids of history rows: what registration makes, documents takes for that person and for nobody else."""

from hypothesis import given
from hypothesis import strategies as st

from services.kernel.documents import FIRST_HISTORY, is_history_of, new_history_id

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
pids = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=16, max_size=16)


@given(pids)
def test_a_row_is_of_the_person_it_was_made_for(pid: str) -> None:
    row = new_history_id(KEY, pid)
    assert is_history_of(KEY, pid, row)
    assert not is_history_of(OTHER_KEY, pid, row)
    assert is_history_of(KEY, pid, FIRST_HISTORY)


@given(pids, pids)
def test_a_row_is_of_nobody_else(one: str, other: str) -> None:
    assert is_history_of(KEY, other, new_history_id(KEY, one)) == (one == other)


@given(pids, st.integers(0, 23), st.characters())
def test_a_changed_id_is_no_row(pid: str, at: int, letter: str) -> None:
    row = new_history_id(KEY, pid)
    changed = row[:at] + letter + row[at + 1 :]
    assert is_history_of(KEY, pid, changed) == (changed == row)


@given(pids, st.text(max_size=64))
def test_what_was_made_up_is_no_row(pid: str, text: str) -> None:
    assert is_history_of(KEY, pid, text) == (text == FIRST_HISTORY)


@given(pids)
def test_an_id_is_short_plain_and_new_each_time(pid: str) -> None:
    one, another = new_history_id(KEY, pid), new_history_id(KEY, pid)
    assert one != another
    assert len(one) == 24
    assert one.isascii()
    assert one.isalnum()
