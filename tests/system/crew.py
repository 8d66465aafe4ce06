"""The processes of the race as the test holds them: started, killed with -9 at random, started again.

They are forked off as a function's processes are (infra/local/nursery.py): to load the services anew each time took
longer than what they do.
"""

import json
import os
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from infra.local import nursery
from tests.system import racing


@dataclass
class Member:
    """One process, again and again; `lives` counts how often it was started."""

    role: str
    environment: Mapping[str, str]
    arguments: Sequence[str]
    lives: int = 0
    process: BaseProcess | None = field(default=None, repr=False)


class Lines:
    """The lines of JSON in a file that grows; each is read once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read = 0
        self._known: list[dict[str, Any]] = []

    def read(self) -> list[dict[str, Any]]:
        """All lines up to now; one that is not whole yet comes with the next call."""
        with self._file.open("rb") as file:
            file.seek(self._read)
            new = file.read()
        whole = new[: new.rfind(b"\n") + 1]
        self._read += len(whole)
        self._known += [json.loads(line) for line in whole.splitlines()]
        return self._known


class Crew:
    """All members; what they tell is kept in files, which outlive them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)  # noqa: S311 - the same race for the same seed
        self._members: list[Member] = []
        self._told: dict[Path, Lines] = {}
        self.killed = 0

    def hire(self, role: str, environment: Mapping[str, str], arguments: Sequence[str]) -> None:
        """Start a member; `{life}` in an argument is how often it was started."""
        member = Member(role, environment, arguments)
        self._members.append(member)
        self._start(member)

    def kill(self, *roles: str) -> None:
        """Kill one member of these roles, whichever, wherever it is, and start it again."""
        member = self._chance.choice([member for member in self._members if member.role in roles])
        self._end(member)
        self.killed += 1
        self._start(member)

    def dismiss(self) -> None:
        """Kill all for good."""
        for member in self._members:
            self._end(member)
        self._members.clear()

    def require_alive(self) -> None:
        """Fail if one has ended that nobody killed."""
        for member in self._members:
            assert member.process is not None
            assert member.process.is_alive(), f"the {member.role} ended: {self._log(member).read_text()[-3000:]}"

    def told(self) -> Iterator[dict[str, Any]]:
        """Everything told up to now, member by member."""
        for file in sorted(self._folder.glob("*.told")):
            yield from self._told.setdefault(file, Lines(file)).read()

    def _start(self, member: Member) -> None:
        member.lives += 1
        own = [argument.format(life=member.lives) for argument in member.arguments]
        log = self._log(member)
        environment = {**os.environ, **member.environment}
        member.process = nursery.fork(racing.work, log, environment, member.role, own)

    def _log(self, member: Member) -> Path:
        return self._folder / f"{member.role}-{self._members.index(member)}.log"

    @staticmethod
    def _end(member: Member) -> None:
        assert member.process is not None
        member.process.kill()
        member.process.join()
