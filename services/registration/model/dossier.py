"""A person with all that belongs to him, and one change of him."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.kernel.aws.dynamodb import Operation
from services.registration.model.annotation import Annotation
from services.registration.model.case import KnownCase
from services.registration.model.person import History, KnownFile, Person


@dataclass(frozen=True)
class Dossier:
    """A person with his history rows and what is known of his files.

    `files` are those of his record. `aside` are those of enrolments that have not made his account: they replace none
    of the others and count for nothing but their own enrolment (domain.md, section 3). `cases` are those about him,
    `annotations` what stands beside his sealed record.
    """

    person: Person
    histories: tuple[History, ...]
    files: tuple[KnownFile, ...]
    aside: tuple[KnownFile, ...] = ()
    cases: tuple[KnownCase, ...] = ()
    annotations: tuple[Annotation, ...] = ()

    def under(self, enrolment: str | None) -> list[KnownFile]:
        """What stands aside under this enrolment."""
        return [file for file in self.aside if file.enrolment == enrolment]

    def is_work_of(self, staff: str) -> bool:
        """Whether he entered or changed the row, uploaded for it or helped its person (domain.md, section 2)."""
        return self.person.is_work_of(staff) or self._has_file_of(staff)

    def binds_guests_of(self, staff: str) -> bool:
        """Whether those whom he invited may not decide on it: he entered or changed the row, or uploaded for it.

        Not where he only helped its person to his account, as by a sheet that he printed or agreed to: the law counts
        for the inviter what he wrote (domain.md, section 2).
        """
        return self.person.is_written_by(staff) or self._has_file_of(staff)

    def _has_file_of(self, staff: str) -> bool:
        return any(file.by == staff for file in self.files)


@dataclass(frozen=True)
class Change:
    """One change of one person: `before` is None for a new one.

    `action` names the deed and `delta` is what was changed, both for the audit trail (kernel/audit/chain.py, `Event`).

    `extra` are further operations of the same transaction (history rows, cards, the NIK claim, the account).
    """

    before: Person | None
    after: Person
    action: str
    delta: Mapping[str, Any]
    extra: Sequence[Operation] = ()
