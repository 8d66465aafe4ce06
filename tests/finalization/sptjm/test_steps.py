"""Every state of the SPTJM against every request about it: what is drawn happens, all else changes nothing."""

import pytest

from services.finalization.model.sptjm_states import SptjmState
from tests.finalization.sptjm.world import REACH
from tests.finalization.world import ACCEPT, RETURN, World
from tests.support.aws import Answer

# The state that each request leads to; `-` is refused, `=` is answered and leaves it as it is, `x` is refused because
# a list that was opened again has no seal.
TABLE = """
               document  submit    accept    return
BELUM          DIBUAT    -         -         -
DIBUAT         =         DIUNGGAH  -         -
DIUNGGAH       =         -         DITERIMA  DIKEMBALIKAN
DITERIMA       =         -         -         -
DIKEMBALIKAN   =         DIUNGGAH  -         -
BATAL          x         x         -         -
"""
REFUSED = {"-": "illegal-transition", "x": "wrong-phase"}
REQUESTS, *ROWS = (line.split() for line in TABLE.strip().splitlines())
CELLS = [(SptjmState(state), request, to) for state, *row in ROWS for request, to in zip(REQUESTS, row, strict=True)]


def ask(world: World, request: str, file: str) -> Answer:
    if request == "document":
        return world.get("sptjm/document", role="ppk")
    return world.hand_in(file) if request == "submit" else world.decide(ACCEPT if request == "accept" else RETURN)


def test_the_table_names_every_state() -> None:
    assert {state for state, _, _ in CELLS} == set(SptjmState) == REACH.keys()


@pytest.mark.parametrize(("state", "request_", "to"), CELLS)
def test_every_request_in_every_state(sealed: World, state: SptjmState, request_: str, to: str) -> None:
    REACH[state](sealed)
    file = sealed.uploaded(9)
    assert sealed.stored().sptjm.state is state
    if to in REFUSED or to == "=":
        with sealed.nothing_changes():
            answer = ask(sealed, request_, file)
        assert answer.status == (303 if to == "=" else 409)
        assert to == "=" or answer.code == REFUSED[to]
        assert to != "-" or answer.json["state"] == state.value
        return
    assert ask(sealed, request_, file).status in {200, 303}
    assert sealed.stored().sptjm.state == to


def test_two_who_fetch_the_paper_at_once_both_get_it(sealed: World) -> None:
    fetched: list[Answer] = []
    sealed.come_between(lambda: fetched.append(sealed.get("sptjm/document")))
    fetched.append(sealed.get("sptjm/document", role="ppk"))
    assert [answer.status for answer in fetched] == [303, 303]
    assert sealed.stored().sptjm.state is SptjmState.DIBUAT
