"""The person's check: he is in the seal, and on the list or not."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendataan_verify.findings import UnreadableError
from pendataan_verify.inclusion import check_proof

from services.kernel.states import PersonState
from tests.verify.sealed import PEM, number, office

IN, OUT = PersonState.MEMENUHI_SYARAT, PersonState.TERDAFTAR
OFFICE = office([IN, OUT, IN, IN, OUT, IN, IN])


@given(st.lists(st.sampled_from([IN, OUT]), min_size=1, max_size=12))
def test_everybody_has_a_proof(states: list[PersonState]) -> None:
    made = office(states)
    for n, state in enumerate(states):
        findings = check_proof(made.proofs[number(n)], made.root, PEM)
        assert findings.broken == []
        assert any(state.value in sentence for sentence in findings.held)
        listed = any("tercantum pada daftar final yang disegel" in sentence for sentence in findings.held)
        assert listed is (state is IN)


PLACES = [
    ("roster", "private", "state"),
    ("roster", "private", "row", "nik"),
    ("roster", "salt"),
    ("list", "entry", "nama"),
    ("list", "entry", "salt"),
    ("list", "entry", "commitment"),
    ("list", "entry", "nomor_registrasi"),
]


@pytest.mark.parametrize("place", PLACES, ids="/".join)
def test_nothing_in_a_proof_can_be_changed(place: tuple[str, ...]) -> None:
    changed = copy.deepcopy(OFFICE.proofs[number(0)])
    inner = changed
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] += "0"
    assert check_proof(changed).broken


@pytest.mark.parametrize("part", ["roster", "list"])
@pytest.mark.parametrize(
    "change", [{"index": 1}, {"index": 99}, {"index": -1}, {"path": []}, {"path": ["00" * 32] * 3}]
)
def test_another_path_leads_elsewhere(part: str, change: dict[str, Any]) -> None:
    changed = copy.deepcopy(OFFICE.proofs[number(0)])
    changed[part] |= change
    assert check_proof(changed).broken


def test_somebody_else_s_line_is_noticed() -> None:
    changed = copy.deepcopy(OFFICE.proofs[number(0)])
    changed["list"] = OFFICE.proofs[number(2)]["list"]
    assert check_proof(changed).broken


def test_another_list_s_root_is_noticed() -> None:
    assert check_proof(OFFICE.proofs[number(0)], "cd" * 32).broken


def test_another_file_is_refused() -> None:
    with pytest.raises(UnreadableError, match="Unduh ulang"):
        check_proof({"format": "x"})
