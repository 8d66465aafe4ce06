"""The person's check: he is in the seal, and on the list or not."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendataan_verify.findings import UnreadableError
from pendataan_verify.inclusion import check_proof

from services.kernel.states import PersonState
from services.registration.model.sealed_row import sealed_as
from tests.verify.sealed import PEM, number, office

IN, OUT = PersonState.MEMENUHI_SYARAT, PersonState.TERDAFTAR
OFFICE = office([IN, OUT, IN, IN, OUT, IN, IN])


@given(st.lists(st.sampled_from(PersonState), min_size=1, max_size=12))
def test_everybody_has_a_proof(states: list[PersonState]) -> None:
    made = office(states)
    for n, state in enumerate(states):
        findings = check_proof(made.proofs[number(n)], made.root, PEM)
        assert findings.broken == []
        assert f"Data pada bukti ini disegel, dengan keadaan {sealed_as(state)}." in findings.held
        assert f"Keadaannya saat dikunci: {state.value}." in findings.held
        listed = any("tercantum pada daftar final yang disegel" in sentence for sentence in findings.held)
        assert listed is (state is IN)


PLACES = [
    ("roster", "private", "state"),
    ("roster", "private", "sealed_as"),
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


def test_whom_nobody_decided_on_is_sealed_as_undecided() -> None:
    held = check_proof(office([PersonState.DIAJUKAN]).proofs[number(0)]).held
    assert "Data pada bukti ini disegel, dengan keadaan BELUM_DIVERIFIKASI." in held
    assert "Keadaannya saat dikunci: DIAJUKAN." in held


@pytest.mark.parametrize("word", ["BELUM_DIVERIFIKASI", "TIDAK_MEMENUHI_SYARAT"])
def test_a_qualified_person_sealed_as_something_else_is_told(word: str) -> None:
    changed = copy.deepcopy(OFFICE.proofs[number(0)])
    changed["roster"]["private"]["sealed_as"] = word
    assert f"Keadaannya saat dikunci MEMENUHI_SYARAT, tetapi ia disegel {word}." in check_proof(changed).broken


def test_who_was_sealed_as_qualified_must_have_his_line() -> None:
    changed = {**OFFICE.proofs[number(0)], "list": None}
    (broken,) = check_proof(changed, OFFICE.root, PEM).broken
    assert broken == "Orang ini disegel MEMENUHI_SYARAT, tetapi buktinya TIDAK memuat barisnya pada daftar final."


def test_who_was_sealed_as_anything_else_has_no_line() -> None:
    made = office([OUT, IN], also_listed=[0])
    assert check_proof(made.proofs[number(1)], made.root, PEM).broken == [
        "Segel menghitung 1 orang memenuhi syarat, tetapi daftarnya memuat 2 orang."
    ]
    broken, _ = check_proof(made.proofs[number(0)], made.root, PEM).broken
    assert (
        broken
        == "Bukti ini memuat baris daftar final, tetapi orang ini disegel BELUM_DIVERIFIKASI, bukan MEMENUHI_SYARAT."
    )


def test_a_list_that_somebody_was_left_off_is_noticed_by_everybody() -> None:
    made = office([IN, IN, OUT], left_off=[1])
    for n in range(3):
        broken = check_proof(made.proofs[number(n)], made.root, PEM).broken
        assert "Segel menghitung 2 orang memenuhi syarat, tetapi daftarnya memuat 1 orang." in broken
        assert any("TIDAK memuat barisnya" in sentence for sentence in broken) is (n == 1)


def test_a_seal_without_counts_is_no_seal() -> None:
    changed = copy.deepcopy(OFFICE.proofs[number(0)])
    del changed["seal"]["manifest"]["roster"]["by_state"]
    with pytest.raises(KeyError):
        check_proof(changed)


def test_somebody_else_s_line_is_noticed() -> None:
    changed = copy.deepcopy(OFFICE.proofs[number(0)])
    changed["list"] = OFFICE.proofs[number(2)]["list"]
    assert check_proof(changed).broken


def test_another_list_s_root_is_noticed() -> None:
    assert check_proof(OFFICE.proofs[number(0)], "cd" * 32).broken


def test_another_file_is_refused() -> None:
    with pytest.raises(UnreadableError, match="Unduh ulang"):
        check_proof({"format": "x"})
