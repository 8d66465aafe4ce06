"""The command as a journalist runs it: a program of its own, without our packages."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pendataan_verify.__main__ import main

from services.kernel.states import PersonState
from tests.verify.sealed import PEM, number, office

TOOL = Path(__file__).parents[2] / "tools" / "verify"
OFFICE = office([PersonState.MEMENUHI_SYARAT] * 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in (("index", OFFICE.public), ("segel", OFFICE.sealed), ("bukti", OFFICE.proofs[number(1)])):
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    (tmp_path / "kunci.pem").write_bytes(PEM)
    return tmp_path


def test_it_needs_nothing_but_python(folder: Path) -> None:
    command = [sys.executable, "-S", "-m", "pendataan_verify", "list"]
    files = ["--list", str(folder / "index.json"), "--seal", str(folder / "segel.json"), "--root", OFFICE.root]
    ran = subprocess.run([*command, *files], cwd=TOOL, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.endswith("SAMA\n")
    assert "TIDAK SAMA" not in ran.stdout


def test_a_key_needs_cryptography_and_says_so(folder: Path) -> None:
    command = [
        sys.executable,
        "-S",
        "-m",
        "pendataan_verify",
        "proof",
        str(folder / "bukti.json"),
        "--key",
        str(folder / "kunci.pem"),
    ]
    ran = subprocess.run(command, cwd=TOOL, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "pip install cryptography" in ran.stderr


def test_a_proof_is_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = ["proof", str(folder / "bukti.json"), "--root", OFFICE.root, "--key", str(folder / "kunci.pem")]
    assert main(said) == 0
    assert capsys.readouterr().out.endswith("SAMA\n")


def test_files_are_read_packed_too(folder: Path) -> None:
    """As curl saves what is sent packed."""
    for name in ("index.json", "segel.json"):
        (folder / name).write_bytes(gzip.compress((folder / name).read_bytes()))
    assert main(["list", "--list", str(folder / "index.json"), "--seal", str(folder / "segel.json")]) == 0


def test_a_packed_file_that_broke_off_says_what_to_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bukti.json").write_bytes(gzip.compress((folder / "bukti.json").read_bytes())[:-9])
    assert main(["proof", str(folder / "bukti.json")]) == 2
    assert "tidak dapat dibaca" in capsys.readouterr().err


def test_a_difference_is_an_exit_status(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = ["list", "--list", str(folder / "index.json"), "--seal", str(folder / "segel.json"), "--root", "ab" * 32]
    assert main(said) == 1
    shown = capsys.readouterr().out
    assert "BEDA" in shown
    assert shown.endswith("TIDAK SAMA\n")


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"format": "pendataan-proof-1"}', '{"format":"pendataan-proof-1","seal":[]}']
)
def test_a_broken_file_says_what_to_do(folder: Path, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bukti.json").write_text(content)
    assert main(["proof", str(folder / "bukti.json")]) == 2
    assert "nduh ulang" in (said := capsys.readouterr().err) or "impan ulang" in said


def test_a_missing_file_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["proof", str(folder / "tidak-ada.json")]) == 2
    assert "tidak-ada.json" in capsys.readouterr().err
