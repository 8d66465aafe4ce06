"""What a check found: sentences for people, and whether everything is the same."""

from dataclasses import dataclass, field


class UnreadableError(Exception):
    """A file is not what it should be; the text says which and what to do."""


@dataclass
class Findings:
    """`held` was checked and is so, `broken` is not, `unknown` is what nobody can check."""

    held: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """The last word: all of it, as far as can be told, or not."""
        if self.broken:
            return "TIDAK SAMA"
        return "SAMA SEJAUH DAPAT DIPERIKSA" if self.unknown else "SAMA"

    def check(self, *, so: bool, held: str, broken: str) -> bool:
        """Note one thing that was checked."""
        (self.held if so else self.broken).append(held if so else broken)
        return so


def grouped(root: str) -> str:
    """A root as the SPTJM prints it, in groups of eight."""
    return " ".join(root[at : at + 8] for at in range(0, len(root), 8))
