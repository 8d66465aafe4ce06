"""What stands beside a record that was sealed and moves no more (domain.md, section 8, *annotations*)."""

from dataclasses import dataclass
from datetime import date

from services.kernel.cases import CaseKind
from services.kernel.security.sessions import Role


@dataclass(frozen=True)
class Annotation:
    """One annotation, of one case: `by` is the account that wrote it, in `role`, `at` when, in milliseconds.

    Of a tanggapan or a keberatan it is what bkn decided after the lock, by `accepted`. Of help it is that the person
    asked to have his data deleted, which a seal rules out; `kept_until` is the last day on which they are kept.
    """

    case: str
    kind: CaseKind
    by: str
    role: Role
    at: int
    accepted: bool | None = None
    kept_until: date | None = None
