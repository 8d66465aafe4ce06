"""Rows of which only the number is published: the root comes out with them, and nothing else can hide behind them."""

import copy
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendataan_verify.__main__ import main
from pendataan_verify.findings import Findings
from pendataan_verify.public_list import check_list
from pendataan_verify.tree import leaf

from services.kernel.security.canonical import canonical
from services.kernel.states import PersonState
from tests.verify.sealed import PEM, SealedOffice, number, office

OFFICE = office([PersonState.MEMENUHI_SYARAT] * 5)
BARE = "Isinya ditampilkan, tetapi tidak dapat dicocokkan dengan segel: REG000001."


def withholding(rows: Collection[int]) -> SealedOffice:
    """The office with these rows withheld, as the portal publishes it."""
    made = copy.deepcopy(OFFICE)
    hidden = {number(n) for n in rows}
    for mark in made.sealed["rows"]:
        if mark[0] in hidden:
            mark[1:] = [leaf(made.proofs[mark[0]]["list"]["entry"]).hex(), None]
    shown = [row for row in made.public["items"] if row[1] not in hidden]
    made.public["items"] = shown + [[None, one, None, None, None] for one in sorted(hidden)]
    return made


def checked(made: SealedOffice) -> Findings:
    return check_list(made.public, made.sealed, made.root, PEM)


@given(st.sets(st.integers(0, 4)))
def test_the_root_comes_out_whatever_is_withheld(rows: set[int]) -> None:
    found = checked(withholding(rows))
    assert found.broken == []
    assert len(found.unknown) == bool(rows)
    assert found.verdict == ("SAMA SEJAUH DAPAT DIPERIKSA" if rows else "SAMA")


def test_it_is_said_honestly_which_rows_nobody_can_check() -> None:
    (said,) = checked(withholding([1, 3])).unknown
    assert said.startswith("2 baris disunting: yang tampil hanya nomornya, isinya tidak dapat dicocokkan oleh umum")
    assert "REG000001, REG000003" in said


@given(st.sets(st.integers(0, 4), max_size=4), st.data())
def test_every_other_row_is_checked_as_before(rows: set[int], data: st.DataObject) -> None:
    made = withholding(rows)
    shown = [row for row in made.public["items"] if row[0] is not None]
    column = data.draw(st.sampled_from([0, 2, 3, 4]))
    data.draw(st.sampled_from(shown))[column] += "x"
    assert checked(made).broken


def test_another_hash_in_place_of_a_withheld_row_is_noticed() -> None:
    made = withholding([1])
    made.sealed["rows"][1][1] = "ab" * 32
    assert "BERBEDA" in checked(made).broken[0]


def test_nothing_can_be_shown_beside_a_bare_hash() -> None:
    """Else any name could stand where a sealed one was: the root comes out whatever the row says."""
    made = withholding([1])
    row: list[Any] = next(row for row in made.public["items"] if row[1] == number(1))
    row[:] = ["Orang Siluman", number(1), "Dinas Contoh", "Guru", "NON-ASN"]
    assert checked(made).broken == [BARE]
    row[3] = None
    assert checked(made).broken == [BARE]


def test_a_row_cannot_be_hidden_from_its_own_salt() -> None:
    made = copy.deepcopy(OFFICE)
    row = next(row for row in made.public["items"] if row[1] == number(1))
    row[:] = [None, number(1), None, None, None]
    assert checked(made).broken


@pytest.mark.parametrize("left_out", ["row", "mark"])
def test_a_withheld_row_stays_counted(left_out: str) -> None:
    made = withholding([1])
    if left_out == "row":
        made.public["items"] = [row for row in made.public["items"] if row[1] != number(1)]
    else:
        made.sealed["rows"].pop(1)
    assert checked(made).broken


def test_whoever_is_withheld_has_his_own_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    proof, key = tmp_path / "bukti.json", tmp_path / "kunci.pem"
    proof.write_bytes(canonical(OFFICE.proofs[number(1)]))
    key.write_bytes(PEM)
    assert main(["proof", str(proof), "--root", OFFICE.root, "--key", str(key)]) == 0
    assert capsys.readouterr().out.endswith("\nSAMA\n")


def test_the_command_says_what_nobody_can_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = withholding([1])
    files = {"index.json": made.public, "segel.json": made.sealed}
    for name, content in files.items():
        (tmp_path / name).write_bytes(canonical(content))
    assert main(["list", "--list", str(tmp_path / "index.json"), "--seal", str(tmp_path / "segel.json")]) == 0
    said = capsys.readouterr().out
    assert "  ?    1 baris disunting" in said
    assert said.endswith("SAMA SEJAUH DAPAT DIPERIKSA\n")
