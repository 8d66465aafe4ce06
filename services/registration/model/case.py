"""What registration keeps of a case (domain.md, section 3, *Cases*); announcements has the rest."""

from dataclasses import dataclass

from services.kernel.cases import CaseKind
from services.kernel.security.sessions import Role


@dataclass(frozen=True)
class SettledCase:
    """A decision that announcements had noted and that was carried out here: once for each case.

    `decision` is its id there, `pid` the record that was made or concerned, `at` when, in milliseconds, and `by` the
    account of whoever decided.
    """

    number: str
    kind: CaseKind
    institution: str
    decision: str
    accepted: bool
    pid: str
    by: str
    at: int


@dataclass(frozen=True)
class Opinion:
    """What one of the two who decide on a keberatan thinks, until the other thinks so too."""

    number: str
    role: Role
    by: str
    accepted: bool
