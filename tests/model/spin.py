"""Run deadline.pml through Spin: a second checker, by other people, in another language."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MODEL: Final = Path(__file__).with_name("deadline.pml")
LONGEST: Final = 300
"""Seconds a run may take before it counts as hung."""
_DEEPEST: Final = 200_000

BROKEN_BY: Final = {
    "listingNew": "listed",
    "now>=trueCloses": "early",
    "trueNewest": "lists",
    "stamp<trueCloses": "I0",
    "received<trueCloses": "I0",
    "sealed[0]==trueValue[0]": "I2",
    "read[0]==trueValue[0]": "I2",
    "acknowledged&": "I3",
    "sealed[0]&": "together",
    "received>=trueCloses": "carried",
    "trueOpen": "I1",
    "invalid end state": "stuck",
}
"""What Spin prints of a failed assertion, and the property it is; the first that fits."""


class NoSpinError(Exception):
    """Spin or the C compiler it needs is not on this machine."""


@dataclass(frozen=True)
class Verdict:
    """What Spin found: how many states it stored, and which property it saw broken first, if any."""

    states: int
    broken: str | None


def run(folder: Path, *flags: str, optimized: bool = True) -> Verdict:
    """Search the model exhaustively under these -D flags, or until the first error.

    Not `optimized` where an error comes soon: the compiler then takes longer than the search.

    Raises:
        NoSpinError: say what to install.
        ValueError: when the search was not exhaustive (depth, memory) or its answer is not understood.
    """
    for program, package in {"spin": "spin", "gcc": "gcc"}.items():
        if shutil.which(program) is None:
            raise NoSpinError(f"{program} is missing: install it, e.g. apt-get install {package}, and run again.")
    _call(folder, "spin", "-a", *(f"-D{flag}" for flag in flags), str(MODEL))
    _call(folder, "gcc", "-O1" if optimized else "-O0", "-w", "-DSAFETY", "-DCOLLAPSE", "-o", "pan", "pan.c")
    return _verdict(_call(folder, "./pan", f"-m{_DEEPEST}", "-w22"))


def _call(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LONGEST, check=False)
    if done.returncode:
        raise ValueError(f"{command[0]}: {done.stdout}{done.stderr}")
    return done.stdout


def _verdict(told: str) -> Verdict:
    stored = re.search(r"^\s*(\d+) states, stored", told, re.MULTILINE)
    errors = re.search(r"errors: (\d+)", told)
    if stored is None or errors is None or "max search depth too small" in told or "out of memory" in told:
        raise ValueError(told)
    if errors[1] == "0":
        return Verdict(int(stored[1]), None)
    return Verdict(int(stored[1]), _broken(re.findall(r"^pan:1: (.*) \(at depth", told, re.MULTILINE)))


def _broken(errors: Sequence[str]) -> str:
    for error in errors:
        for text, name in BROKEN_BY.items():
            if text in error.removeprefix("assertion violated "):
                return name
    raise ValueError(f"an error nobody knows: {errors}")
