"""A state table both ways; the services' own are walked whole beside their services."""

import pytest

from services.kernel.problems import Code, Problem
from services.kernel.transitions import Transitions

DOOR: Transitions[str | None, str, str] = Transitions({"hang": {None: "open"}, "shut": {"open": "shut"}})


def test_what_is_drawn_leads_where_it_is_drawn() -> None:
    assert DOOR.allowed(None, "hang")
    assert DOOR.after(None, "hang") == "open"
    assert DOOR.after("open", "shut") == "shut"


@pytest.mark.parametrize(("state", "step"), [("shut", "shut"), ("open", "hang"), (None, "shut"), ("open", "paint")])
def test_what_is_not_drawn_is_refused(state: str | None, step: str) -> None:
    assert not DOOR.allowed(state, step)
    with pytest.raises(Problem) as refused:
        DOOR.after(state, step)
    assert (refused.value.code, refused.value.detail) == (Code.ILLEGAL_TRANSITION, None)


def test_a_table_refuses_in_its_own_words() -> None:
    table = Transitions(DOOR.matrix, lambda state, step: Problem(Code.WRONG_PHASE, f"{state}: {step}"))
    with pytest.raises(Problem) as refused:
        table.after("shut", "shut")
    assert (refused.value.code, refused.value.detail) == (Code.WRONG_PHASE, "shut: shut")
