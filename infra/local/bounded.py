"""Strangers' files at home: read by a process that is forked off the function's own, which has loaded the readers.

In AWS it is a new interpreter (services/kernel/bounded.py), which loads them for most of the time that it lives.
Limits, environment, standard input and output, and what becomes of one that hangs or crashes are the same.
"""

import contextlib
import importlib
import os
import select
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import BinaryIO, Final, NoReturn

from services.kernel import bounded

_CHUNK: Final = 64 * 1024
_MOST_FILES: Final = 1024


def install() -> None:
    """Let this process fork off what would be started."""
    known = {"CalledProcessError": subprocess.CalledProcessError, "TimeoutExpired": subprocess.TimeoutExpired}
    vars(bounded)["subprocess"] = SimpleNamespace(run=_run, **known)


def _run(
    command: Sequence[str],
    *,
    input: bytes,  # noqa: A002 - the names of subprocess.run
    timeout: float,
    env: Mapping[str, str],
    check: bool,  # noqa: ARG001
    capture_output: bool,  # noqa: ARG001
) -> subprocess.CompletedProcess[bytes]:
    """What `subprocess.run` does with `python -P -m module word …`; raises what it raises."""
    asked, to_ask = os.pipe()
    told, to_tell = os.pipe()
    process = os.fork()
    if not process:
        _be(command[3], command[4:], env, asked, to_tell)
    os.close(asked)
    os.close(to_tell)
    with os.fdopen(to_ask, "wb") as to_it, os.fdopen(told, "rb") as from_it:
        writing = threading.Thread(target=_write, args=(to_it, input), daemon=True)
        writing.start()
        said, whole = _read(from_it, time.monotonic() + timeout)
        if not whole:
            os.kill(process, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        writing.join()
    if not whole:
        raise subprocess.TimeoutExpired(command, timeout, said)
    if code:
        raise subprocess.CalledProcessError(code, command, said)
    return subprocess.CompletedProcess(command, code, said)


def _be(module: str, words: Sequence[str], env: Mapping[str, str], asked: int, to_tell: int) -> NoReturn:
    """Be that process, and end as it does."""
    code = 1
    try:
        os.dup2(asked, 0)
        os.dup2(to_tell, 1)
        os.closerange(3, _MOST_FILES)
        os.environ.clear()
        os.environ.update(env)
        sys.stdin, sys.stdout = open(0), open(1, "w")  # noqa: SIM115 - they are open already
        importlib.import_module(module).main(*words)
        sys.stdout.flush()
        code = 0
    except BaseException:  # noqa: BLE001 - it ends here, whatever it was
        traceback.print_exc()
    finally:
        os._exit(code)


def _write(to_it: BinaryIO, content: bytes) -> None:
    with contextlib.suppress(BrokenPipeError):  # it ended before it had read all
        to_it.write(content)
        to_it.close()


def _read(from_it: BinaryIO, until: float) -> tuple[bytes, bool]:
    """What it says, and whether it came to its end in time."""
    parts: list[bytes] = []
    while select.select([from_it], [], [], max(0, until - time.monotonic()))[0]:
        part = os.read(from_it.fileno(), _CHUNK)
        if not part:
            return b"".join(parts), True
        parts.append(part)
    return b"".join(parts), False
