"""A national claim on a NIK."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Claimant:
    """One person of one institution who says that a NIK is his."""

    institution: str
    pid: str

    def __str__(self) -> str:
        return f"{self.institution}#{self.pid}"


@dataclass(frozen=True)
class Claim:
    """A NIK's claim (item `N#<keyed HMAC>`/`@`): its owner came first; the claimants include him."""

    owner: Claimant
    claimants: frozenset[Claimant]

    @property
    def is_disputed(self) -> bool:
        """Whether more than one institution claims the NIK."""
        return len(self.claimants) > 1

    def without(self, claimant: Claimant) -> "Claim | None":
        """The claim once this one has given it up, if anybody is left; the next, by institution, succeeds the owner."""
        others = sorted(self.claimants - {claimant}, key=str)
        if not others:
            return None
        return Claim(others[0] if self.owner == claimant else self.owner, frozenset(others))
