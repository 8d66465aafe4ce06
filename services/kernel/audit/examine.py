"""Read the chains of some subjects of an institution and check them.

People go on writing meanwhile, and the items of one commit become visible one after the other. So what seems wrong is
read again, some times; what is wrong stays wrong.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Protocol

from services.kernel.audit import chain as audit
from services.kernel.audit.check import START, Fault, FaultKind, Head, check_chain, look
from services.kernel.aws import clients

LOOKS: Final = 4
_PAUSE: Final = 0.3
"""Seconds between two looks; a commit is through in some hundredths."""
_MAX_WORKERS: Final = 8


@dataclass(frozen=True)
class Stored:
    """A chain as its data item tells: its head, and what its first link follows."""

    chain: str
    head: Head
    start: Head = START


class Trail(Protocol):
    """What a service says of its own chains. A chain is named `<service>#<kind>#…#<subject>`."""

    def institutions(self) -> Iterable[str]:
        """Every institution that may have chains here."""

    def subjects(self, institution: str) -> Iterable[str]:
        """Whose chains there are: people, lanes, the institution itself."""

    def stored(self, institution: str, subjects: Sequence[str]) -> Iterable[Stored]:
        """The heads of these subjects' chains, read consistently; nothing of those who have none."""

    def forget(self) -> None:
        """Read anew whatever is remembered from one call to the next."""


@dataclass(frozen=True)
class Findings:
    """The heads of the chains that are sound, and what is wrong with the others."""

    sound: dict[str, Head]
    faults: list[Fault]


def subject_of(chain: str) -> str:
    """Whose chain it is."""
    return chain.rpartition("#")[2]


def examine(institution: str, subjects: Sequence[str], trail: Trail, anchored: Mapping[str, Head]) -> Findings:
    """Check every chain of the subjects; `anchored` are the heads of the institution's last anchor."""
    clients.dynamodb()  # boto3's default session must not make it in several threads at once
    sound: dict[str, Head] = {}
    faults: list[Fault] = []
    doubtful = subjects
    for attempt in range(LOOKS):
        if attempt:
            time.sleep(_PAUSE)
            trail.forget()
        found = _examine_once(institution, doubtful, trail, anchored)
        sound |= found.sound
        faults = found.faults
        suspects = {subject_of(fault.chain) for fault in faults}
        doubtful = [subject for subject in doubtful if subject in suspects]
        if not doubtful:
            break
    return Findings(sound, faults)


def _examine_once(institution: str, subjects: Sequence[str], trail: Trail, anchored: Mapping[str, Head]) -> Findings:
    stored = list(trail.stored(institution, subjects))
    with ThreadPoolExecutor(_MAX_WORKERS) as readers:
        checked = list(readers.map(lambda one: _check(one, anchored), stored))
    sound = {one.chain: one.head for one, faults in zip(stored, checked, strict=True) if not faults}
    gone = _gone(subjects, {one.chain for one in stored}, anchored)
    return Findings(sound, [*gone, *(fault for faults in checked for fault in faults)])


def _check(one: Stored, anchored: Mapping[str, Head]) -> list[Fault]:
    links = (look(one.chain, item) for item in audit.read(one.chain))
    held = [anchored[one.chain]] if one.chain in anchored else []
    return check_chain(one.chain, links, one.head, start=one.start, anchored=held)


def _gone(subjects: Sequence[str], there: set[str], anchored: Mapping[str, Head]) -> Iterator[Fault]:
    wanted = set(subjects)
    for chain, head in anchored.items():
        if chain not in there and subject_of(chain) in wanted:
            yield Fault(chain, head.version, FaultKind.GONE)
