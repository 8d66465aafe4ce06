"""A stranger's file at home is read in a forked process as in AWS in a new one: in bounds, whatever becomes of it."""

import os
import subprocess
from pathlib import Path

import pytest

from infra.local import bounded as at_home
from services.kernel import bounded
from services.kernel.bounded import WorkerError, run_bounded

WORKER = "tests.infra.bounded_worker"
MEMORY = 4 * 1024**3


@pytest.fixture(autouse=True, params=["at home", "in AWS"])
def _process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "subprocess", subprocess)
    monkeypatch.setenv("SECRET", "of the function")
    if request.param == "at home":
        at_home.install()
        return
    run = "import sys, importlib; importlib.import_module(sys.argv[1]).main(*sys.argv[2:])"
    real = subprocess.run

    def started(command: list[str], **options: object) -> object:
        return real([command[0], "-c", run, *command[3:]], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", started)


def test_it_reads_all_says_what_it_found_and_has_limits_and_no_secrets() -> None:
    content = os.urandom(3_000_000)
    assert run_bounded(WORKER, content, "well", seconds=30, memory=MEMORY) == f"{len(content)} {MEMORY} None".encode()
    assert os.environ["SECRET"] == "of the function"


@pytest.mark.parametrize("how", ["hang", "crash", "swell"])
def test_what_is_too_much_for_it_is_nothing(how: str) -> None:
    assert run_bounded(WORKER, b"x", how, seconds=5 if how == "hang" else 30, memory=MEMORY) is None


def test_one_that_does_not_begin_is_our_fault() -> None:
    with pytest.raises(WorkerError):
        run_bounded(WORKER, b"x", "never", seconds=30, memory=MEMORY)


def test_nothing_is_left_open() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        run_bounded(WORKER, b"x", "well", seconds=30, memory=MEMORY)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
