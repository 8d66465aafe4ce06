"""docs/protocol.md shows the states as the services have them, and names what is there."""

import re

import pytest

from services.finalization.model.phases import PHASE_MOVES
from services.kernel.states import Phase
from tests.model import diagram

ROOT = diagram.PAGE.parents[1]


def test_the_diagrams_are_what_the_services_do() -> None:
    page = diagram.PAGE.read_text()
    assert page == diagram.drawn(page), "run python -m tests.model.diagram"


def test_every_arrow_of_the_matrix_is_drawn() -> None:
    drawn = diagram.diagram(Phase.BELUM_MULAI, PHASE_MOVES.matrix)
    for step, moves in PHASE_MOVES.matrix.items():
        for before, after in moves.items():
            assert re.search(rf"{before.value} --> {after.value}: .*\b{step.value}\b", drawn)


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        diagram.drawn("# The deadline's protocol\n")


def test_every_file_the_page_names_is_there() -> None:
    named = re.findall(r"`((?:services|tests)/[\w/]+\.(?:py|pml))`", diagram.PAGE.read_text())
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []
