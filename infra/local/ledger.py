"""What the functions used of their policies, and what they were refused: lines in files that outlive their processes.

Used is kept beside the builds, of all runs together (infra/privileges.py reads it); refused in the state of the run,
where whoever runs it looks (tests/support/portal.py). A line holds no item, no key and no name of an object that people
chose.
"""

from pathlib import Path

from infra.services import BUILD

USED = BUILD / "used-permissions"
REFUSED = "refused-permissions.log"
"""In the folder of a run's logs."""


class Ledger:
    """The lines of one function."""

    def __init__(self, function: str, logs: Path, used: Path = USED) -> None:
        """`function`: as `service-function`; `logs`: the folder of the run's logs."""
        self._function = function
        self._used = used / f"{function}.txt"
        self._refused = logs / REFUSED
        self._known = set(self._used.read_text().splitlines()) if self._used.exists() else set()

    def used(self, grant: str) -> None:
        """It did what this grant allows; noted once."""
        if grant not in self._known:
            self._known.add(grant)
            _add(self._used, grant)

    def refused(self, what: str) -> None:
        """It wanted to do what no grant allows."""
        _add(self._refused, f"{self._function}: {what}")


def _add(file: Path, line: str) -> None:
    """One write of one line, so that processes that add to the same file do not mix."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as out:
        out.write(f"{line}\n")
