"""Audit chains of an institution as a whole: one a kind of deed, its head in an item of its own (docs/audit.md)."""

from dataclasses import dataclass

from services.kernel.audit import chain as audit
from services.kernel.audit.log import AuditLog


@dataclass(frozen=True)
class Lane:
    """A kind of deed: `name` ends the name of its chain, `sort` is where the head stands beside the institution."""

    name: str
    sort: str

    def log(self, institution: str) -> AuditLog:
        """The chain of an institution, whose head keeps the salt of its links."""
        key = {"pk": f"A#{institution}", "sk": self.sort}
        return AuditLog(audit.lane_chain(institution, self.name), key, institution)
