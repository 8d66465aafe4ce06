"""The journalist's check: the published list is the sealed one, and every way in which it might not be."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendataan_verify.findings import UnreadableError
from pendataan_verify.public_list import check_list
from pendataan_verify.tree import leaf

from services.kernel.states import PersonState
from tests.verify.sealed import PEM, SealedOffice, office, signed

IN, OUT = PersonState.MEMENUHI_SYARAT, PersonState.TERDAFTAR
OFFICE = office([IN, OUT, IN, IN, OUT, IN])


@given(st.lists(st.sampled_from([IN, OUT]), max_size=20))
def test_a_list_as_it_was_sealed_is_the_same(states: list[PersonState]) -> None:
    made = office(states)
    findings = check_list(made.public, made.sealed, made.root, PEM)
    assert findings.broken == []
    assert len(findings.held) == 8


def test_the_root_may_be_typed_as_it_is_printed() -> None:
    printed = " ".join(OFFICE.root.upper()[at : at + 8] for at in range(0, 64, 8))
    assert not check_list(OFFICE.public, OFFICE.sealed, printed).broken


def test_another_root_on_the_paper_is_told() -> None:
    (broken,) = check_list(OFFICE.public, OFFICE.sealed, "ab" * 32).broken
    assert "Akar pada SPTJM berbeda" in broken


@given(st.integers(0, 3), st.integers(0, 4), st.text(max_size=5))
def test_no_field_of_the_list_can_be_changed(at: int, column: int, other: str) -> None:
    changed = copy.deepcopy(OFFICE.public)
    if changed["items"][at][column] == other:
        return
    changed["items"][at][column] = other
    assert check_list(changed, OFFICE.sealed).broken


@given(st.integers(0, 3), st.integers(0, 2))
def test_no_mark_of_the_seal_can_be_changed(at: int, column: int) -> None:
    changed = copy.deepcopy(OFFICE.sealed)
    changed["rows"][at][column] += "0"
    assert check_list(OFFICE.public, changed).broken


def removed(made: dict[str, Any]) -> None:
    del made["items"][1]


def added(made: dict[str, Any]) -> None:
    made["items"].append(["Orang Siluman", "REG999999", "Dinas Contoh", "Guru", "NON-ASN"])


def doubled(made: dict[str, Any]) -> None:
    made["items"].append(list(made["items"][0]))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (removed, "Disegel tetapi tidak ada pada daftar: REG"),
        (added, "Ada pada daftar tetapi tidak disegel: REG999999"),
        (doubled, "Lebih dari sekali pada daftar: REG"),
    ],
)
def test_who_is_missing_or_too_many_is_named(change: Callable[[dict[str, Any]], None], sentence: str) -> None:
    changed = copy.deepcopy(OFFICE.public)
    change(changed)
    assert any(sentence in broken for broken in check_list(changed, OFFICE.sealed).broken)


def test_who_was_hidden_from_list_and_marks_is_noticed() -> None:
    public, sealed = copy.deepcopy(OFFICE.public), copy.deepcopy(OFFICE.sealed)
    gone = sealed["rows"].pop(0)[0]
    public["items"] = [row for row in public["items"] if row[1] != gone]
    assert len(check_list(public, sealed).broken) == 2


def recounted(**by_state: int) -> SealedOffice:
    """An office whose manifest, rightly signed, has other counts than its trees."""
    manifest = copy.deepcopy(OFFICE.sealed["manifest"])
    manifest["roster"]["by_state"] |= by_state
    return SealedOffice(OFFICE.public, {**OFFICE.sealed, **signed(manifest)}, OFFICE.proofs)


def test_who_was_left_off_the_sealed_list_is_counted() -> None:
    """List, marks and root agree with each other, but one person more was sealed as qualified."""
    short = recounted(MEMENUHI_SYARAT=5, BELUM_DIVERIFIKASI=1)
    (broken,) = check_list(short.public, short.sealed, short.root, PEM).broken
    assert broken == "Segel menghitung 5 orang memenuhi syarat, tetapi daftarnya memuat 4 orang."


def test_counts_that_leave_a_row_out_are_noticed() -> None:
    short = recounted(BELUM_DIVERIFIKASI=1)
    (broken,) = check_list(short.public, short.sealed, short.root, PEM).broken
    assert broken == "Segel memuat 6 baris, tetapi menghitung 5 menurut keadaannya."


def test_an_erased_person_leaves_his_leaf(erased_office: SealedOffice) -> None:
    """His leaf stays, and he stays counted: an erasure after the seal is no difference."""
    findings = check_list(erased_office.public, erased_office.sealed, erased_office.root, PEM)
    assert not findings.broken
    assert any("1 di antaranya" in sentence for sentence in findings.held)


@pytest.fixture
def erased_office() -> SealedOffice:
    made = copy.deepcopy(OFFICE)
    first = made.sealed["rows"][0][0]
    entry = made.proofs[first]["list"]["entry"]
    made.sealed["rows"][0] = [None, leaf(entry).hex(), None]
    made.public["items"] = [row for row in made.public["items"] if row[1] != first]
    return made


def test_a_manifest_signed_by_nobody_is_noticed() -> None:
    changed = copy.deepcopy(OFFICE.sealed)
    changed["manifest"]["epoch"] = 5
    (broken,) = check_list(OFFICE.public, changed, pem=PEM).broken
    assert "Tanda tangan" in broken
    assert not check_list(OFFICE.public, {**changed, **signed(changed["manifest"])}, pem=PEM).broken


@pytest.mark.parametrize("signature", ["", "%%%", "aGFsbG8=", None])
def test_what_is_no_signature_is_none(signature: object) -> None:
    assert check_list(OFFICE.public, {**OFFICE.sealed, "signature": signature}, pem=PEM).broken


@pytest.mark.parametrize(
    ("public", "sealed"),
    [
        ({}, OFFICE.sealed),
        ({"v": 2, "items": []}, OFFICE.sealed),
        ({"v": 1, "items": [["x"]]}, OFFICE.sealed),
        (OFFICE.public, {}),
        (OFFICE.public, {**OFFICE.sealed, "rows": [["x"]]}),
        (OFFICE.public, {**OFFICE.sealed, "manifest": {"format": "other"}}),
    ],
)
def test_another_file_is_refused_with_what_to_do(public: dict[str, Any], sealed: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError, match=r"portal|segel"):
        check_list(public, sealed)


def test_what_is_no_key_is_refused() -> None:
    with pytest.raises(UnreadableError, match="Kunci publik"):
        check_list(OFFICE.public, OFFICE.sealed, pem=b"-----BEGIN NOTHING-----")
