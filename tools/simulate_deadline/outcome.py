"""What became of the writes of one institution, or of many."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """Counts and latencies; every write received is committed, refused or given up.

    `refused` came after the deadline and touched no lane. `retried` needed more than one try, whatever became of it.
    `answers` are seconds from the first try to the commit, `added` the part of it that conflicts cost.
    """

    received: int = 0
    committed: int = 0
    refused: int = 0
    given_up: int = 0
    tries: int = 0
    conflicts: int = 0
    retried: int = 0
    last_commit: float = float("-inf")
    answers: "array[float]" = field(default_factory=lambda: array("d"))
    added: "array[float]" = field(default_factory=lambda: array("d"))
    tries_by_second: Counter[int] = field(default_factory=Counter)
    received_by_second: Counter[int] = field(default_factory=Counter)
    committed_by_second: Counter[int] = field(default_factory=Counter)
    given_up_by_second: Counter[int] = field(default_factory=Counter)

    @property
    def conflict_share(self) -> float:
        """Conflicts over tries."""
        return self.conflicts / self.tries if self.tries else 0.0

    @property
    def tries_a_success(self) -> float:
        """All tries over the writes that were committed."""
        return self.tries / self.committed if self.committed else float("inf")

    @property
    def busiest_second(self) -> int:
        """Tries in the second that had most of them."""
        return max(self.tries_by_second.values(), default=0)

    def add(self, other: "Outcome") -> None:
        """Take in another institution's outcome."""
        for name in ("received", "committed", "refused", "given_up", "tries", "conflicts", "retried"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.last_commit = max(self.last_commit, other.last_commit)
        self.answers.extend(other.answers)
        self.added.extend(other.added)
        self.tries_by_second.update(other.tries_by_second)
        self.received_by_second.update(other.received_by_second)
        self.committed_by_second.update(other.committed_by_second)
        self.given_up_by_second.update(other.given_up_by_second)


def total(outcomes: Iterable[Outcome]) -> Outcome:
    """All of them together."""
    together = Outcome()
    for outcome in outcomes:
        together.add(outcome)
    return together


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of all values does not exceed; 0 when there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
