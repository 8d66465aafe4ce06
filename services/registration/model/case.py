"""What registration keeps of a case (domain.md, section 3, *Cases*); announcements has the rest."""

from dataclasses import dataclass

from services.kernel.cases import OPEN_CASES, CaseKind, CaseLevel, CaseState, UsulanOutcome
from services.kernel.security.sessions import Role


@dataclass(frozen=True)
class SettledCase:
    """A decision that announcements had noted and that was carried out here: once for each case.

    `decision` is its id there, `pid` the record that was made or concerned, `at` when, in milliseconds, and `by` the
    account of whoever decided. `became`: of an accepted usulan. `beside`: noted beside a record that moves no more.
    """

    number: str
    kind: CaseKind
    institution: str
    decision: str
    accepted: bool
    pid: str
    by: str
    at: int
    became: UsulanOutcome | None = None
    beside: bool = False


@dataclass(frozen=True)
class Opinion:
    """What one of the two who decide on a keberatan thinks, until the other thinks so too."""

    number: str
    role: Role
    by: str
    accepted: bool


@dataclass(frozen=True)
class Divided:
    """The two who decide on a keberatan think differently, since an instant in milliseconds: bkn is told at once."""

    number: str
    institution: str
    at: int


@dataclass(frozen=True)
class KnownCase:
    """What announcements' facts say of a case: `v` is the version of its item there, `due_at` in milliseconds.

    `pid` is whom it is about, as he is listed today; None where nobody listed is concerned. `of_office`: its
    institution had to answer it once; of what concerns the institution itself it never hears. `since`: when it was
    first told of here, in milliseconds.
    """

    number: str
    kind: CaseKind
    institution: str
    state: CaseState
    level: CaseLevel
    due_at: int | None
    pid: str | None
    v: int
    of_office: bool
    since: int

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide it."""
        return self.state in OPEN_CASES


@dataclass(frozen=True)
class Heard:
    """A listed person was told that a tanggapan is about him: by notice to a contact of his, or on his own page."""

    number: str
    institution: str
    pid: str
    at: int
