"""Who did what with the accounts of an institution's staff: an audit chain of its own.

The head stands in `P#S<code>`/`A` beside those of who looked at people (access_log.py), and is checked with them. Every
deed on accounts moves it, so two deeds that were decided on the same accounts cannot both happen.
"""

from services.kernel.audit import chain as audit
from services.kernel.audit.chain import Event
from services.kernel.audit.log import AuditLog
from services.kernel.aws.dynamodb import Operation
from services.registration.adapters import access_log
from services.registration.adapters.account_store import NATIONAL


def staff_of(institution: str | None) -> str:
    """Stands for the staff of an institution, or for bkn and auditors, where the chain of a person has his id."""
    return f"S{institution or NATIONAL}"


class StaffLog:
    """The chain as it stands before something is decided; what was read afterwards has not moved when it is written."""

    def __init__(self, institution: str | None) -> None:
        subject = staff_of(institution)
        self._log = AuditLog(audit.access_chain(subject), access_log.head_key(subject), institution or NATIONAL)
        self._standing = self._log.standing()

    def note(self, event: Event) -> list[Operation]:
        """The operations that write a deed down; they join the transaction that does it."""
        moved, link = self._log.add(event, self._standing)
        return [moved, link.operation]
