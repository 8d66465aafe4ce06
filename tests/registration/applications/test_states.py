"""The whole matrix of an application: what is drawn leads where it is drawn, everything else is refused."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.problems import Code, Problem
from services.registration.model.application import (
    APPLICATION_MOVES,
    ApplicationState,
    ApplicationStep,
    in_groups,
    new_number,
    read_number,
)

DRAWN = {
    ("-", "APPLY"): "DIAJUKAN",
    ("DIAJUKAN", "APPROVE"): "DISETUJUI",
    ("DIAJUKAN", "REFUSE"): "DITOLAK",
    ("DIAJUKAN", "WITHDRAW"): "DICABUT",
}


@pytest.mark.parametrize(("state", "step"), list(itertools.product([None, *ApplicationState], ApplicationStep)))
def test_every_state_and_step(state: ApplicationState | None, step: ApplicationStep) -> None:
    expected = DRAWN.get((state.value if state else "-", step.value))
    assert APPLICATION_MOVES.allowed(state, step) is (expected is not None)
    if expected is not None:
        assert APPLICATION_MOVES.after(state, step) == expected
        return
    with pytest.raises(Problem) as refused:
        APPLICATION_MOVES.after(state, step)
    assert refused.value.code is Code.ILLEGAL_TRANSITION
    assert refused.value.detail or state is None


def test_a_number_is_read_as_people_type_it() -> None:
    number = new_number()
    for typed in (number, in_groups(number), in_groups(number).lower(), f" {in_groups(number).replace('-', ' ')} "):
        assert read_number(typed) == number
    assert read_number("P-OOOO-IIII") == "P00001111"


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_number_or_none(typed: str) -> None:
    read = read_number(typed)
    assert read is None or read_number(in_groups(read)) == read
